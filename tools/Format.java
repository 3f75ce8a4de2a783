import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Formats the Java sources below a folder: `check` names the files that differ and fails, `write`
 * mends them.
 */
final class Format {
  public static void main(String[] args) throws Exception {
    var isCheck = args[0].equals("check");
    var root = Path.of(args[1]);
    var formatter = new Formatter();
    var differing = 0;
    try (var files = Files.walk(root)) {
      for (var file : files.filter(Format::isSource).sorted().toList()) {
        var before = Files.readString(file);
        var after = settle(formatter, before);
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

  private static boolean isSource(Path file) {
    var path = file.toString();
    return path.endsWith(".java") && !path.contains("/target/") && !path.contains("/.git/");
  }
}
