// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.link;

import java.io.IOException;
import org.lvsdirector.pulse.seal.KeyRing;

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

  /** Where all that passes on the link is counted, also by who takes what arrives. */
  LinkStats stats();

  /** What was counted since the link was made. Any thread. */
  LinkStats.Counters counters();

  /** Closes the link. Repeating it is harmless. */
  @Override
  void close();

  /** Gets what arrives from the partner. */
  @FunctionalInterface
  interface Receiver {

    /** A message arrived; the bytes are valid during the call only. Must not block. */
    void received(byte[] bytes, int offset, int length);
  }

  /** Goes on with other keys, on a link that is sealed. Any thread. */
  default void rekey(KeyRing keys) {}
}
