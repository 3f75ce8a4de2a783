// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

/**
 * SipHash-1-3 of one 32-bit number: one round a block, three at the end. (Aumasson and Bernstein,
 * SipHash: a fast short-input PRF, 2012; lib/siphash.c of the kernel, hsiphash_1u32 on 64-bit
 * machines.)
 */
final class SipHash {
  private static final long LENGTH_BLOCK = 4L << 56;

  private long v0;
  private long v1;
  private long v2;
  private long v3;

  private SipHash(long key0, long key1) {
    v0 = key0 ^ 0x736f6d6570736575L;
    v1 = key1 ^ 0x646f72616e646f6dL;
    v2 = key0 ^ 0x6c7967656e657261L;
    v3 = key1 ^ 0x7465646279746573L;
  }

  /**
   * The low 32 bits of the hash of the number's four little-endian bytes.
   *
   * @param key both words of the key
   */
  static int hash(int value, long key) {
    return new SipHash(key, key).finish(LENGTH_BLOCK | Integer.toUnsignedLong(value));
  }

  private int finish(long lastBlock) {
    v3 ^= lastBlock;
    round();
    v0 ^= lastBlock;
    v2 ^= 0xff;
    round();
    round();
    round();
    return (int) (v0 ^ v1 ^ v2 ^ v3);
  }

  private void round() {
    v0 += v1;
    v2 += v3;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v1;
    v0 += v3;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 = Long.rotateLeft(v2, 32);
  }
}
