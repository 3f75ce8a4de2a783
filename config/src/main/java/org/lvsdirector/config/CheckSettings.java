package org.lvsdirector.config;

import java.time.Duration;

/**
 * How the real servers of a service are checked.
 *
 * @param check what one check does
 * @param interval time between the starts of two checks of one server
 * @param timeout how long one check may take in all
 * @param rise consecutive good checks after which a failed server returns
 * @param fall consecutive bad checks after which a server leaves
 */
public record CheckSettings(Check check, Duration interval, Duration timeout, int rise, int fall) {

  /** What one check does. */
  public sealed interface Check {
    /** Good when the TCP handshake succeeds. */
    record Connect() implements Check {}

    /**
     * Sends bytes and compares the answer.
     *
     * @param protocol TCP or UDP
     * @param send what is sent, escapes already translated, one char per byte; may be empty
     * @param expect what must come back
     */
    record SendExpect(Protocol protocol, String send, Expect expect) implements Check {}

    /** Always good. */
    record None() implements Check {}
  }

  /** What must come back. */
  public sealed interface Expect {
    /** Any answer at all ({@code *}). */
    record Anything() implements Expect {}

    /** Nothing is read. */
    record Nothing() implements Expect {}

    /**
     * The answer begins with these bytes.
     *
     * @param text one char per byte
     */
    record Prefix(String text) implements Expect {}

    /**
     * The first bytes of the answer contain a match.
     *
     * @param regex the pattern, in the syntax of {@code java.util.regex.Pattern}
     */
    record Regex(String regex) implements Expect {}
  }
}
