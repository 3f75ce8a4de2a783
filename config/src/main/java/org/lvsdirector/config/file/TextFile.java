// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.syntax.Lexer;
import org.lvsdirector.config.lvscf.syntax.Line;
import org.lvsdirector.config.problem.FileText;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.Problem;
import org.lvsdirector.config.problem.Problem.Place;
import org.lvsdirector.config.problem.Problem.Severity;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** A configuration file on disk. */
public final class TextFile {
  private static final int MAX_BYTES = 16 << 20;

  /** Stands for what is not UTF-8, unless the file itself holds it. */
  private static final char REPLACEMENT = '\ufffd';

  private TextFile() {}

  /** Reads a regular file of at most 16 MiB of UTF-8. */
  public static FileText read(Path file) {
    return read(file, TextFile::decode);
  }

  /**
   * Reads an lvs.cf likewise. Bytes that are not UTF-8 are told as a warning where they are in
   * comments: old files have them.
   */
  public static FileText readLvsCf(Path file) {
    return read(file, TextFile::decodeLvsCf);
  }

  private static FileText read(Path file, BiFunction<byte[], Problems, @Nullable String> decoder) {
    var problems = new Problems(file.toString());
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      problems.report(
          ProblemCode.UNREADABLE,
          Files.isDirectory(file) ? "this is a folder" : "this is not a regular file",
          "name a file; pipes and devices are not read, as reading them may never end");
      return new FileText(null, problems.inOrder());
    }
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        var text = decoder.apply(bytes, problems);
        return new FileText(text, problems.inOrder());
      }
      problems.report(
          ProblemCode.FILE_TOO_BIG, "the file has more than 16 MiB", "is it the right file?");
    } catch (IOException e) {
      problems.report(ProblemCode.UNREADABLE, "cannot read the file: " + reason(e), advice(e));
    }
    return new FileText(null, problems.inOrder());
  }

  private static String advice(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "is the name right?";
      case AccessDeniedException _ -> "run this as a user who may read it";
      default -> "look at the file system, and at the log of the kernel";
    };
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "it does not exist";
      case AccessDeniedException _ -> "permission denied";
      default -> PrintableText.printable(String.valueOf(e.getMessage()));
    };
  }

  private static @Nullable String decode(byte[] bytes, Problems problems) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? text : decodeStrictly(bytes, problems);
  }

  private static @Nullable String decodeStrictly(byte[] bytes, Problems problems) {
    var in = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException e) {
      reportBadByte(bytes, in.position(), problems);
      return null;
    }
  }

  private static @Nullable String decodeLvsCf(byte[] bytes, Problems problems) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    var bad = text.indexOf(REPLACEMENT) < 0 ? -1 : badByte(bytes, 0, bytes.length);
    if (bad < 0) {
      return text;
    }
    var outside = isUtf16(bytes) ? bad : badByteOutsideOfComments(bytes);
    if (outside >= 0) {
      reportBadByte(bytes, outside, problems);
      return null;
    }
    problems.add(
        new Problem(
            Severity.WARNING,
            ProblemCode.INVALID_UTF8.code(),
            place(bytes, bad, problems),
            "byte 0x%02x is not UTF-8; it is in a comment, so nothing is lost"
                .formatted(bytes[bad] & 0xff),
            "save the file as UTF-8, with iconv -f latin1 -t utf8 if it is Latin-1"));
    return text;
  }

  /** The first byte of a word that is not UTF-8, or else -1. */
  private static int badByteOutsideOfComments(byte[] bytes) {
    var lexer = new Lexer(new Problems(""));
    for (var start = 0; start < bytes.length; ) {
      var end = endOfLine(bytes, start);
      var bad = badByte(bytes, start, end);
      if (bad >= 0) {
        var line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        var words = lexer.words(Line.of(line));
        if (words.stream().anyMatch(word -> word.text().indexOf(REPLACEMENT) >= 0)) {
          return bad;
        }
      }
      start = end + 1;
    }
    return -1;
  }

  private static int endOfLine(byte[] bytes, int start) {
    var end = start;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    return end;
  }

  /** The first byte of a part that is not UTF-8, or else -1. */
  private static int badByte(byte[] bytes, int start, int end) {
    var in = ByteBuffer.wrap(bytes, start, end - start);
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(in);
      return -1;
    } catch (CharacterCodingException _) {
      return in.position();
    }
  }

  /** A byte order mark of UTF-16, in either order. */
  private static boolean isUtf16(byte[] bytes) {
    return bytes.length > 1 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xff + 0xfe;
  }

  private static void reportBadByte(byte[] bytes, int at, Problems problems) {
    problems.report(
        ProblemCode.INVALID_UTF8,
        place(bytes, at, problems),
        "byte 0x%02x is not UTF-8".formatted(bytes[at] & 0xff),
        isUtf16(bytes)
            ? "the file is UTF-16: save it as UTF-8"
            : "save the file as UTF-8; in send and expect of lvs.cf a byte may be written as"
                + " \\xHH");
  }

  private static Place place(byte[] bytes, int at, Problems problems) {
    var line = 1;
    var start = 0;
    for (var i = 0; i < at; i++) {
      if (bytes[i] == '\n') {
        line++;
        start = i + 1;
      }
    }
    var before = new String(bytes, start, at - start, StandardCharsets.UTF_8);
    return new Place(
        problems.file(), line, before.codePointCount(0, before.length()) + 1, 1, before + "?");
  }
}
