// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the real servers of a service are checked.
 *
 * @param check what one check does
 * @param interval time between the starts of two checks of one server
 * @param timeout how long one check may take in all
 * @param rise consecutive good checks after which a failed server returns
 * @param fall consecutive bad checks after which a server leaves
 * @param port the port that is checked; 0 for the server's own
 */
public record CheckSettings(
    Check check, Duration interval, Duration timeout, int rise, int fall, int port) {

  /** Checks of the server's own port. */
  public CheckSettings(Check check, Duration interval, Duration timeout, int rise, int fall) {
    this(check, interval, timeout, rise, fall, 0);
  }

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

    /**
     * Asks for a page; good when its status is in the range, and its body has the text.
     *
     * @param method {@code GET} or {@code HEAD}
     * @param path begins with a slash
     * @param host the Host header; null for the virtual address
     * @param lowestStatus 100 to 599
     * @param highestStatus 100 to 599, not below the lowest
     * @param body what the body contains, one char per byte; empty when it is not read
     * @param tls how to encrypt; null for plain HTTP
     */
    record Http(
        String method,
        String path,
        @Nullable String host,
        int lowestStatus,
        int highestStatus,
        String body,
        @Nullable Tls tls)
        implements Check {}

    /**
     * Good when the TLS handshake succeeds.
     *
     * @param tls how
     */
    record Handshake(Tls tls) implements Check {}

    /**
     * Good when the server greets with 220 and answers EHLO with 250.
     *
     * @param name how we call ourselves
     */
    record Smtp(String name) implements Check {}

    /**
     * Good when a question over UDP is answered without an error.
     *
     * @param name what is asked for, such as {@code example.com}; {@code .} is the root
     * @param type the type of record, such as {@code SOA}
     */
    record Dns(String name, String type) implements Check {}

    /** Good when an ICMP echo is answered. */
    record Ping() implements Check {}

    /**
     * Runs a program, whose exit status must be 0; {@code %h} and {@code %p} in it stand for the
     * server's address and port.
     *
     * @param command program and arguments, split at blanks, without a shell
     * @param expect what it must print besides; never a {@link Expect.Prefix}
     */
    record Script(String command, Expect expect) implements Check {}

    /** Always good. */
    record None() implements Check {}
  }

  /**
   * What a TLS handshake looks at.
   *
   * @param serverName the name asked for (SNI); null for none
   * @param isVerified whether the certificate must be valid for that name
   */
  public record Tls(@Nullable String serverName, boolean isVerified) {}

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
     * The whole answer is this, but for a line end behind it.
     *
     * @param text one char per byte
     */
    record Exactly(String text) implements Expect {}

    /**
     * The first bytes of the answer contain a match.
     *
     * @param regex the pattern, in the syntax of {@code java.util.regex.Pattern}
     */
    record Regex(String regex) implements Expect {}
  }
}
