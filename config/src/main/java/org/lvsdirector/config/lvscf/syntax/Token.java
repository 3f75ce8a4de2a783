// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

import org.lvsdirector.config.problem.Located;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.Problem.Place;

/**
 * One word of a line.
 *
 * @param line where it stands
 * @param start index of its first char in the line, the quote included
 * @param end index after its last char, the quote included
 * @param text what it says, without the quotes
 * @param quote the quote character, or 0
 */
public record Token(Line line, int start, int end, String text, char quote) implements Located {

  static final char NO_QUOTE = 0;

  /** Stands for the whole file. */
  public static final Token NOWHERE = new Token(new Line("", 0, "", 0, 0), 0, 0, "", NO_QUOTE);

  /** Whether this is the unquoted word. */
  public boolean is(String word) {
    return quote == NO_QUOTE && text.equals(word);
  }

  boolean isQuoted() {
    return quote != NO_QUOTE;
  }

  /** Its line in a sentence about another word: {@code line 3}, or with the file if it differs. */
  public String lineSeenFrom(Token other) {
    var number = "line " + line.number();
    return line.file().equals(other.line.file())
        ? number
        : number + " of " + PrintableText.printable(line.file());
  }

  /** A part of the text as a word of its own, for pointing at it and for recovery. */
  public Token part(int from, int to) {
    var shift = start + (isQuoted() ? 1 : 0);
    return new Token(line, shift + from, shift + to, text.substring(from, to), NO_QUOTE);
  }

  /** Where it stands, in code points. */
  @Override
  public Place place(String mainFile) {
    if (line.number() == 0) {
      return new Place(mainFile, 0, 0, 1, "");
    }
    var source = line.text();
    return new Place(
        line.file(),
        line.number(),
        source.codePointCount(0, start) + 1,
        Math.max(1, source.codePointCount(start, end)),
        source);
  }
}
