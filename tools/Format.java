// SPDX-License-Identifier: Apache-2.0
import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Formats the Java sources below a folder, and sees to it that each of them and each script names
 * the licence: `check` names the files that differ and fails, `write` mends them.
 */
final class Format {
  private static final String LICENCE = "SPDX-License-Identifier: Apache-2.0";

  public static void main(String[] args) throws Exception {
    var isCheck = args[0].equals("check");
    var root = Path.of(args[1]);
    var formatter = new Formatter();
    var differing = 0;
    try (var files = Files.walk(root)) {
      for (var file : files.filter(Format::isOurs).sorted().toList()) {
        var isJava = file.toString().endsWith(".java");
        if (!isJava && !isScript(file)) {
          continue;
        }
        var before = Files.readString(file);
        var after = isJava ? settle(formatter, licensedSource(before)) : licensedScript(before);
        if (before.equals(after)) {
          continue;
        }
        differing++;
        System.err.println((isCheck ? "not formatted: " : "formatted: ") + root.relativize(file));
        if (!isCheck) {
          Files.writeString(file, after);
        }
      }
    }
    if (isCheck && differing > 0) {
      System.err.println("run: mvn -N validate -Dformat=write");
      System.exit(1);
    }
  }

  private static String licensedSource(String text) {
    return text.contains(LICENCE) ? text : "// " + LICENCE + "\n" + text;
  }

  /** The line comes after the one that names the interpreter. */
  private static String licensedScript(String text) {
    var end = text.indexOf('\n') + 1;
    return text.contains(LICENCE) || end == 0
        ? text
        : text.substring(0, end) + "# " + LICENCE + "\n" + text.substring(end);
  }

  /** One pass may break a line that a second pass would join again. */
  private static String settle(Formatter formatter, String text) throws FormatterException {
    var before = text;
    for (var pass = 0; pass < 3; pass++) {
      var imports = RemoveUnusedImports.removeUnusedImports(before);
      var after = formatter.formatSourceAndFixImports(imports);
      if (after.equals(before)) {
        return after;
      }
      before = after;
    }
    return before;
  }

  private static boolean isOurs(Path file) {
    var path = file.toString();
    return !path.contains("/target/")
        && !path.contains("/.git/")
        && !path.contains("/node_modules/")
        && Files.isRegularFile(file);
  }

  private static boolean isScript(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(2), StandardCharsets.US_ASCII).equals("#!");
    } catch (IOException _) {
      return false;
    }
  }
}
