// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.io.IOException;
import org.lvsdirector.pulse.seal.KeyRing;
import org.lvsdirector.pulse.seal.Refusals;

/** One way to the partner that carries small messages: unreliable, unordered, unbundled. */
public interface HeartbeatLink extends AutoCloseable {

  /** The name in lvs.cf, in logs and in status. */
  String name();

  /** This node's address and port on it. */
  String local();

  /** The partner's address and port on it. */
  String remote();

  /**
   * Opens the link. Blocks for a short time; may be tried again after it failed, and after {@link
   * #close}.
   *
   * @throws IOException when the address is not there yet, or the port is taken
   */
  void open(Receiver receiver) throws IOException;

  /** Whether the link is open and its last send went through. */
  boolean isUp();

  /** Sends a message if the link is open. Any thread; never throws; what fails is counted. */
  void send(byte[] message);

  /** What passed since the link was made. */
  Counters counters();

  /** Closes the link. Repeating it is harmless. */
  @Override
  void close();

  /** Gets what arrives from the partner. */
  @FunctionalInterface
  interface Receiver {

    /** A message arrived; the bytes are valid during the call only. Must not block. */
    void received(byte[] bytes, int offset, int length);
  }

  /**
   * Counts since the link was made.
   *
   * @param sent messages handed to the kernel
   * @param unsent messages that could not be sent
   * @param arrived messages from the partner's address, good or bad
   * @param foreign packets from any other address, ignored
   * @param rejected packets from the partner's address that are no message of this pair, ignored
   * @param refusals those of them that the seal refused
   */
  record Counters(
      long sent, long unsent, long arrived, long foreign, long rejected, Refusals refusals) {}

  /** Goes on with other keys, on a link that is sealed. Any thread. */
  default void rekey(KeyRing keys) {}
}
