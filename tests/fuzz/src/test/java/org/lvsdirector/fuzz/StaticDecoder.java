// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.linux.Attributes;
import org.lvsdirector.linux.NetlinkMessage;

/**
 * A static method that makes something of bytes. What its class can also encode comes back as the
 * same bytes. The last byte of the input chooses flags and types, the others are the message.
 */
final class StaticDecoder implements Reading {
  private static final int NETLINK_TYPES = 0x1f;

  private final Method method;
  private final Encoding encoding;

  private StaticDecoder(Method method) {
    this.method = method;
    encoding = new Encoding(method.getDeclaringClass());
  }

  /** The one with this name, such as {@code org.lvsdirector.linux.ArpFrame.decode}. */
  static StaticDecoder of(String name) {
    var dot = name.lastIndexOf('.');
    try {
      var type = Class.forName(name.substring(0, dot));
      for (var method : type.getDeclaredMethods()) {
        if (method.getName().equals(name.substring(dot + 1)) && takesBytes(method)) {
          method.setAccessible(true);
          return new StaticDecoder(method);
        }
      }
    } catch (ClassNotFoundException _) {
      // Told below.
    }
    throw new IllegalStateException("no decoder " + name);
  }

  private static boolean takesBytes(Method method) {
    var types = method.getParameterTypes();
    return !method.isSynthetic()
        && types.length > 0
        && (types[0].isArray()
            || types[0] == ByteBuffer.class
            || types[0] == String.class
            || types[0] == Attributes.class
            || types[0] == NetlinkMessage.class);
  }

  @Override
  public void read(byte[] bytes) throws Exception {
    if (bytes.length == 0) {
      return;
    }
    var choice = bytes[bytes.length - 1] & 0xff;
    var value = decode(Arrays.copyOf(bytes, bytes.length - 1), choice);
    var encoded = encoding.of(value);
    if (encoded != null) {
      var again = encoding.of(decode(encoded, choice & ~encoding.headerChoices()));
      assertThat(again == null ? "refused" : HexFormat.of().formatHex(again))
          .as("%s, encoded, decoded and encoded again", value)
          .isEqualTo(HexFormat.of().formatHex(encoded));
    }
  }

  private @Nullable Object decode(byte[] message, int choice) throws Exception {
    var types = method.getParameterTypes();
    var arguments = new Object[types.length];
    for (var i = 0; i < types.length; i++) {
      arguments[i] =
          types[i] == int.class
              ? number(types, i, message, choice)
              : argument(types[i], message, choice >> i);
    }
    try {
      return method.invoke(null, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() instanceof Exception cause ? cause : thrown;
    }
  }

  /** The type of an attribute, or how many bytes there are, or where they begin. */
  private static Integer number(Class<?>[] types, int at, byte[] message, int choice) {
    if (types[0] == Attributes.class) {
      return choice >> at;
    }
    var isStart = types.length == 3 && at == 1;
    return isStart ? 0 : message.length;
  }

  private static Object argument(Class<?> type, byte[] message, int choice) {
    if (type == boolean.class) {
      return Boolean.valueOf((choice & 1) != 0);
    }
    if (type.isEnum()) {
      var constants = type.getEnumConstants();
      return constants[choice % constants.length];
    }
    if (type == byte[].class) {
      return message;
    }
    var buffer = ByteBuffer.wrap(message);
    return switch (type.getSimpleName()) {
      case "String" -> new String(message, StandardCharsets.UTF_8);
      case "Attributes" -> Attributes.decode(buffer);
      case "NetlinkMessage" ->
          new NetlinkMessage(choice & NETLINK_TYPES, NetlinkMessage.ACK_TLVS, 1, 2, buffer);
      default -> buffer;
    };
  }
}
