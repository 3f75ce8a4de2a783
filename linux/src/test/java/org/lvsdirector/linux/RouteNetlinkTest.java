// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.lvsdirector.linux.InterfaceAddress.Life;

class RouteNetlinkTest {
  private static final HostAddress HOST = HostAddress.of(new byte[] {10, 0, 0, 1});
  private static final InterfaceAddress ADDRESS =
      new InterfaceAddress(HOST, HOST, 24, 3, "eth0:1", 0, 0x80, 0, Life.FOREVER);

  private final ScriptedLibc libc = new ScriptedLibc();

  @Test
  void aListOfManyPartsIsRead() throws LinuxException {
    try (var route = RouteNetlink.open(libc)) {
      libc.received.add(part(1, NetlinkMessage.MULTI) + part(1, NetlinkMessage.MULTI));
      libc.received.add(part(1, NetlinkMessage.MULTI));
      libc.received.add(done(1, 0));
      assertThat(route.addresses()).hasSize(3);
    }
  }

  @Test
  void aListThatChangedMeanwhileIsReadAgain() throws LinuxException {
    try (var route = RouteNetlink.open(libc)) {
      libc.received.add(part(1, NetlinkMessage.MULTI | NetlinkMessage.DUMP_INTERRUPTED));
      libc.received.add(done(1, 0));
      libc.received.add(part(2, NetlinkMessage.MULTI) + part(2, NetlinkMessage.MULTI));
      libc.received.add(done(2, 0));
      assertThat(route.addresses()).hasSize(2);
    }
  }

  @Test
  void aListThatChangesForEverIsNotReadForEver() throws LinuxException {
    try (var route = RouteNetlink.open(libc)) {
      for (var sequence = 1; sequence <= 10; sequence++) {
        libc.received.add(part(sequence, NetlinkMessage.DUMP_INTERRUPTED) + done(sequence, 0));
      }
      assertThatThrownBy(route::addresses)
          .hasMessage("list the addresses: EAGAIN (the list changes while it is read)");
    }
  }

  @Test
  void aListThatIsCutShortIsAnError() throws LinuxException {
    try (var route = RouteNetlink.open(libc)) {
      libc.received.add(part(1, NetlinkMessage.MULTI) + done(1, Errno.EPERM));
      assertThatThrownBy(route::addresses)
          .hasMessage("list the addresses: EPERM (the list is not complete)");
    }
  }

  @Test
  void addingTwiceAndDeletingTwiceIsNoError() throws LinuxException {
    try (var route = RouteNetlink.open(libc)) {
      libc.received.add(error(1, 0));
      libc.received.add(error(2, Errno.EEXIST));
      libc.received.add(error(3, 0));
      libc.received.add(error(4, Errno.EADDRNOTAVAIL));
      libc.received.add(error(5, Errno.ENODEV));
      assertThat(route.add(ADDRESS)).isTrue();
      assertThat(route.add(ADDRESS)).isFalse();
      assertThat(route.delete(ADDRESS)).isTrue();
      assertThat(route.delete(ADDRESS)).isFalse();
      assertThat(route.delete(ADDRESS)).isFalse();
    }
  }

  @Test
  void anAddressThatTheKernelRefusesIsNamed() throws LinuxException {
    try (var route = RouteNetlink.open(libc)) {
      libc.received.add(error(1, Errno.EPERM));
      assertThatThrownBy(() -> route.add(ADDRESS)).hasMessage("add 10.0.0.1/24: EPERM");
      libc.received.add(error(2, Errno.ENODEV));
      assertThatThrownBy(() -> route.add(ADDRESS)).hasMessage("add 10.0.0.1/24: ENODEV");
    }
  }

  private static String part(int sequence, int flags) {
    return message(RouteCodec.NEW_ADDRESS, flags, sequence, RouteCodec.encode(ADDRESS));
  }

  private static String done(int sequence, int errno) {
    return message(NetlinkMessage.DONE, NetlinkMessage.MULTI, sequence, number(-errno, 4));
  }

  private static String error(int sequence, int errno) {
    return message(NetlinkMessage.ERROR, 0, sequence, number(-errno, 20));
  }

  private static ByteBuffer number(int value, int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder()).putInt(0, value);
  }

  private static String message(int type, int flags, int sequence, ByteBuffer payload) {
    var bytes = NetlinkCodec.encode(new NetlinkMessage(type, flags, sequence, 0, payload));
    var copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
