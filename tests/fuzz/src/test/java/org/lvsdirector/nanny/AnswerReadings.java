// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.nanny;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.fuzz.Reading;
import org.lvsdirector.nanny.Expectation.Verdict;

/** What real servers answer, and what programs that check them print. */
public final class AnswerReadings {
  private static final List<Expectation> EXPECTATIONS =
      List.of(
          new Expectation(new Expect.Anything()),
          new Expectation(new Expect.Prefix("HTTP/1.1 200")),
          new Expectation(new Expect.Exactly("OK")),
          new Expectation(new Expect.Regex("^HTTP/1\\.[01] (2|3)\\d\\d.*OK\\s*$")));

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private AnswerReadings() {}

  /** By their names. */
  public static Map<String, Reading> all() {
    return Map.of(
        "Expectation.judge", AnswerReadings::judged, "StartFault.behind", AnswerReadings::fault);
  }

  /** The last byte chooses what is expected. */
  private static void judged(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    var length = bytes.length - 1;
    var expectation = EXPECTATIONS.get((bytes[length] & 0xff) % EXPECTATIONS.size());
    var answer = new Answer(System.nanoTime() + PATIENCE_NANOS);
    answer.take(ByteBuffer.wrap(bytes, 0, length));
    isPrintable(said(expectation.judge(answer, false)));
    isPrintable(expectation.late(answer, "within 1 s"));
    var last = expectation.judge(answer, true);
    if (last instanceof Verdict.More) {
      throw new AssertionError("a complete answer needs no more");
    }
    isPrintable(said(last));
  }

  private static String said(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Match(var detail) -> detail;
      case Verdict.Mismatch(var reason) -> reason;
      case Verdict.More _ -> "";
    };
  }

  private static void fault(byte[] bytes) {
    if (bytes.length > 0) {
      StartFault.behind("/bin/true", bytes[0] & 0xff, bytes).ifPresent(AnswerReadings::isPrintable);
    }
  }

  private static void isPrintable(String text) {
    if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new AssertionError("not printable: " + text);
    }
  }
}
