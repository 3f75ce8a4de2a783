// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** Generic netlink: kernel subsystems by name; linux/genetlink.h. Owned by one platform thread. */
public final class GenericNetlink implements AutoCloseable {
  private static final int NETLINK_GENERIC = 16; // linux/netlink.h
  private static final int GENL_ID_CTRL = 16; // linux/genetlink.h
  private static final int CTRL_CMD_GETFAMILY = 3; // linux/genetlink.h
  private static final int CTRL_ATTR_FAMILY_ID = 1; // linux/genetlink.h
  private static final int CTRL_ATTR_FAMILY_NAME = 2; // linux/genetlink.h
  private static final int CTRL_VERSION = 2;

  private final NetlinkSocket socket;

  private GenericNetlink(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** What the kernel knows of a family. */
  public sealed interface Family {

    /**
     * The kernel has it.
     *
     * @param id the message type by which it is addressed; differs from boot to boot
     */
    record Found(int id) implements Family {}

    /** The kernel does not have it, and could not load it. */
    record Missing() implements Family {}
  }

  /** Opens a socket. Needs no privilege. */
  public static GenericNetlink open(Libc libc) throws LinuxException {
    return new GenericNetlink(NetlinkSocket.open(libc, NETLINK_GENERIC));
  }

  /** Looks a family up by its name. The kernel tries to load the module that has it. */
  public Family familyId(String name) throws LinuxException {
    var attributes = new Attributes.Writer().string(CTRL_ATTR_FAMILY_NAME, name).encode();
    var request = new GenericMessage(CTRL_CMD_GETFAMILY, CTRL_VERSION, attributes);
    var what = "GETFAMILY " + name;
    try {
      var answer = request(what, GENL_ID_CTRL, request).getFirst();
      return new Family.Found(Attributes.decode(answer.attributes()).u16(CTRL_ATTR_FAMILY_ID));
    } catch (LinuxException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
      return new Family.Missing();
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw new LinuxException(what, Errno.EBADMSG, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Sends a request to a family and waits until it is done.
   *
   * @param what names it in the exception
   * @return the answers; empty when the command has none
   * @throws LinuxException when the kernel refuses it
   */
  public List<GenericMessage> request(String what, int family, GenericMessage request)
      throws LinuxException {
    return decode(what, socket.request(what, family, request.encode()));
  }

  /**
   * Asks a family for a list.
   *
   * @param what names it in the exception
   * @return its elements, as they were at one moment
   * @throws LinuxException when the kernel refuses it
   */
  public List<GenericMessage> dump(String what, int family, GenericMessage request)
      throws LinuxException {
    return decode(what, socket.dump(what, family, request.encode()));
  }

  /**
   * Sends requests that have no answer, many at a time, and tells what became of each. The kernel
   * takes them in order; one that it refuses does not stop the others. Each may happen twice,
   * should the kernel's report of the first time be lost.
   *
   * @param what names them in the exception
   * @throws LinuxException when the kernel does not answer; any number of the requests is done then
   */
  public List<NetlinkCodec.Verdict> batch(String what, int family, List<GenericMessage> requests)
      throws LinuxException {
    return socket.batch(what, family, requests.stream().map(GenericMessage::encode).toList());
  }

  private static List<GenericMessage> decode(String what, List<NetlinkMessage> replies)
      throws LinuxException {
    var answers = new ArrayList<GenericMessage>();
    for (var reply : replies) {
      try {
        answers.add(GenericMessage.decode(reply.payload()));
      } catch (IllegalArgumentException e) {
        throw new LinuxException(what, Errno.EBADMSG, String.valueOf(e.getMessage()));
      }
    }
    return answers;
  }

  @Override
  public void close() {
    socket.close();
  }
}
