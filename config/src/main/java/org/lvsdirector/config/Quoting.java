package org.lvsdirector.config;

/** Writes words so that the lexer reads them back. */
final class Quoting {
  private Quoting() {}

  /** The word as it is if it can stand alone, or in the quotes that suit it. */
  static String quoted(String word) {
    if (isPlain(word)) {
      return word;
    }
    for (var written : new String[] {word, '"' + word + '"', "'" + word + "'"}) {
      if (reads(written, word)) {
        return written;
      }
    }
    throw new IllegalArgumentException("cannot be written in lvs.cf: " + Shown.quoted(word));
  }

  private static boolean isPlain(String word) {
    for (var i = 0; i < word.length(); i++) {
      var c = word.charAt(i);
      var isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!isLetter && (c < '0' || c > '9') && "._-:/".indexOf(c) < 0) {
        return false;
      }
    }
    return !word.isEmpty();
  }

  private static boolean reads(String written, String word) {
    if (written.isEmpty()
        || "={}".contains(written)
        || written.indexOf('\n') >= 0
        || written.indexOf('\r') >= 0) {
      return false;
    }
    var problems = new Problems("");
    var words = Lexer.words(new Line("", 1, "name = " + written + " {"), problems).tokens();
    return words.size() == 4 && words.get(2).text().equals(word) && !problems.hasError();
  }
}
