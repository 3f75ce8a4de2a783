// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.witness;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.pulse.failover.Heartbeat;
import org.lvsdirector.pulse.seal.SealContext;

/**
 * The bytes between a director and a witness. All numbers are big-endian.
 *
 * <pre>
 * Envelope, in the clear, so that a witness of many pairs finds the right seal:
 *  0  4  magic 0x4c565357, "LVSW"
 *  4  1  version, 1
 *  5  1  node: 0 primary, 1 backup
 *  6  1  length of the pair's name
 *  7     the pair's name, printable ASCII without blanks; then the question or the answer, sealed when there is a key
 *
 * Question:                          Answer:
 *  0  1  1 ask, 2 return              0  1  3
 *  1  8  id                           1  8  id of the question
 *  9  8  term                         9  1  1 when granted
 * 17  1  1 when the asker is active  10  8  nanoseconds granted, or to wait at most
 * 18  8  nanoseconds asked for
 * </pre>
 */
public final class WitnessCodec {

  /** The most bytes of a pair's name. */
  static final int MAX_NAME = 120;

  static final int MAX_BYTES = 512;

  private static final int MAGIC = 0x4c565357;
  private static final byte VERSION = 1;
  private static final byte ASK = 1;
  private static final byte RETURN = 2;
  private static final byte ANSWER = 3;

  private WitnessCodec() {}

  /** Who talks to a witness. */
  record Party(String pair, Node node) {
    SealContext ofDirector() {
      return new SealContext("witness/" + pair, node.name(), "WITNESS");
    }

    SealContext ofWitness() {
      return new SealContext("witness/" + pair, "WITNESS", node.name());
    }
  }

  /** An envelope, with what is in it left where it was. */
  record Envelope(Party party, ByteBuffer content) {}

  /**
   * What a director asks.
   *
   * @param isReturn whether the lease is given back
   * @param id repeated by the answer
   */
  record Question(boolean isReturn, long id, long term, boolean isHolding, long leaseNanos) {}

  /** What a witness answers. */
  record Answer(long id, boolean isGranted, long forNanos) {}

  static byte[] envelope(Party party, ByteBuffer content) {
    var name = party.pair().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(7 + name.length + content.remaining())
        .putInt(MAGIC)
        .put(VERSION)
        .put((byte) (party.node() == Node.PRIMARY ? 0 : 1))
        .put((byte) name.length)
        .put(name)
        .put(content)
        .array();
  }

  /** Reads an envelope; null for anything else. */
  static @Nullable Envelope envelope(byte[] bytes, int length) {
    var in = ByteBuffer.wrap(bytes, 0, length);
    if (length < 7 || in.getInt() != MAGIC || in.get() != VERSION) {
      return null;
    }
    var node = in.get();
    var nameLength = in.get();
    if (node < 0
        || node > 1
        || nameLength < 1
        || nameLength > MAX_NAME
        || in.remaining() < nameLength) {
      return null;
    }
    var name = new byte[nameLength];
    in.get(name);
    for (var letter : name) {
      if (letter <= ' ' || letter > '~') {
        return null;
      }
    }
    var party =
        new Party(
            new String(name, StandardCharsets.US_ASCII), node == 0 ? Node.PRIMARY : Node.BACKUP);
    return new Envelope(party, in);
  }

  static byte[] encode(Question question) {
    return ByteBuffer.allocate(26)
        .put(question.isReturn() ? RETURN : ASK)
        .putLong(question.id())
        .putLong(question.term())
        .put((byte) (question.isHolding() ? 1 : 0))
        .putLong(question.leaseNanos())
        .array();
  }

  static byte[] encode(Answer answer) {
    return ByteBuffer.allocate(18)
        .put(ANSWER)
        .putLong(answer.id())
        .put((byte) (answer.isGranted() ? 1 : 0))
        .putLong(answer.forNanos())
        .array();
  }

  /** Reads a question; null for anything else. */
  static @Nullable Question question(ByteBuffer in) {
    try {
      var kind = in.get();
      var question =
          new Question(kind == RETURN, in.getLong(), in.getLong(), in.get() == 1, in.getLong());
      var isSound = (kind == ASK || kind == RETURN) && question.term >= 0;
      return isSound && question.term <= Heartbeat.MAX_TERM ? question : null;
    } catch (BufferUnderflowException _) {
      return null;
    }
  }

  /** Reads an answer; null for anything else. */
  static @Nullable Answer answer(ByteBuffer in) {
    try {
      var kind = in.get();
      var answer = new Answer(in.getLong(), in.get() == 1, in.getLong());
      return kind == ANSWER && answer.forNanos >= 0 ? answer : null;
    } catch (BufferUnderflowException _) {
      return null;
    }
  }
}
