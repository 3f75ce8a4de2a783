// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

/** Connection sync of one director, while it runs. Any thread may call. */
public interface RunningSync extends AutoCloseable {

  /**
   * Sends or receives from now on; does not wait.
   *
   * @param isNowSender whether this director is the one whose connections count
   */
  void role(boolean isNowSender);

  /** Tells how far the connections are, from now on. */
  void tell(SyncListener heard);

  /** Answers the partner's question; blocks while it compares and sends. */
  byte[] answer(byte[] question);

  /** How it stands. */
  SyncStatus status();

  /** Ends this process's part; what forwards goes on as it does. */
  void leave();

  /** Ends, and puts back what it changed on this machine. Blocks for up to a few seconds. */
  @Override
  void close();
}
