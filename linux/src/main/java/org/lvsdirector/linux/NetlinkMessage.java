// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A netlink message: struct nlmsghdr of linux/netlink.h and what follows it.
 *
 * @param type {@link #ERROR}, {@link #DONE} or a number of the protocol
 * @param flags {@link #REQUEST} and others
 * @param sequence the number by which a reply is matched to its request
 * @param port the address of the process's socket; 0 in requests
 * @param payload what follows the header; read-only, in the machine's byte order, its own position
 *     at each call
 */
public record NetlinkMessage(int type, int flags, int sequence, int port, ByteBuffer payload) {

  /** linux/netlink.h NLMSG_ERROR: an error, or with error 0 an acknowledgement. */
  public static final int ERROR = 2;

  /** linux/netlink.h NLMSG_DONE: the end of a message of many parts. */
  public static final int DONE = 3;

  /** linux/netlink.h NLM_F_REQUEST. */
  public static final int REQUEST = 0x1;

  /** linux/netlink.h NLM_F_MULTI: one of many parts. */
  public static final int MULTI = 0x2;

  /** linux/netlink.h NLM_F_ACK: answer with an acknowledgement too. */
  public static final int ACK = 0x4;

  /** linux/netlink.h NLM_F_DUMP_INTR: what is listed changed meanwhile. */
  public static final int DUMP_INTERRUPTED = 0x10;

  /** linux/netlink.h NLM_F_DUMP: list everything. */
  public static final int DUMP = 0x300;

  /** linux/netlink.h NLM_F_REPLACE: change what exists. */
  public static final int REPLACE = 0x100;

  /** linux/netlink.h NLM_F_EXCL: fail when it exists. */
  public static final int EXCLUSIVE = 0x200;

  /** linux/netlink.h NLM_F_CREATE: make it when it does not exist. */
  public static final int CREATE = 0x400;

  /** linux/netlink.h NLM_F_CAPPED: an error that quotes only the header of the request. */
  public static final int CAPPED = 0x100;

  /** linux/netlink.h NLM_F_ACK_TLVS: an error with attributes behind the quoted request. */
  public static final int ACK_TLVS = 0x200;

  public NetlinkMessage {
    payload = payload.slice().asReadOnlyBuffer();
  }

  @Override
  public ByteBuffer payload() {
    return payload.duplicate().order(ByteOrder.nativeOrder());
  }
}
