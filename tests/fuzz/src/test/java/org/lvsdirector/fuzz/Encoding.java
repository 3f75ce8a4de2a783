// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.fuzz;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.linux.EchoMessage;
import org.lvsdirector.pulse.link.HeartbeatCodec.Decoded;

/** The way back of a codec, where it has one: a method {@code encode} of it or of the value. */
final class Encoding {
  private final Class<?> codec;

  Encoding(Class<?> codec) {
    this.codec = codec;
  }

  /** What a message of this codec's own never has in front: the choice of a header of others. */
  int headerChoices() {
    return codec == EchoMessage.class ? 0b100 : 0;
  }

  /** The bytes of what was decoded; null for a refusal, and where there is no way back. */
  byte @Nullable [] of(@Nullable Object decoded) throws ReflectiveOperationException {
    var value =
        switch (decoded) {
          case Optional<?> maybe -> maybe.orElse(null);
          case Decoded.Accepted(var heartbeat) -> heartbeat;
          case null, default -> decoded;
        };
    if (!(value instanceof List<?> list)) {
      return value == null ? null : one(value);
    }
    var all = new ByteArrayOutputStream();
    for (var element : list) {
      all.writeBytes(one(element));
    }
    return all.toByteArray();
  }

  private byte @Nullable [] one(Object value) throws ReflectiveOperationException {
    for (var method : codec.getDeclaredMethods()) {
      if (isEncoder(method, value)) {
        method.setAccessible(true);
        var isStatic = Modifier.isStatic(method.getModifiers());
        return bytes(isStatic ? method.invoke(null, value) : method.invoke(value));
      }
    }
    return null;
  }

  private static boolean isEncoder(Method method, Object value) {
    var types = method.getParameterTypes();
    return method.getName().equals("encode")
        && (Modifier.isStatic(method.getModifiers())
            ? types.length == 1 && types[0].isInstance(value)
            : types.length == 0 && method.getDeclaringClass().isInstance(value))
        && (method.getReturnType() == byte[].class || method.getReturnType() == ByteBuffer.class);
  }

  private static byte[] bytes(Object encoded) {
    if (encoded instanceof byte[] bytes) {
      return bytes;
    }
    var buffer = ((ByteBuffer) encoded).duplicate();
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
