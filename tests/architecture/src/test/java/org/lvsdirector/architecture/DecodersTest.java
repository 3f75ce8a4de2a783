// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lvsdirector.linux.Attributes;
import org.lvsdirector.linux.NetlinkMessage;

/**
 * Every static method that makes something of bytes meets random and mutated ones: it answers, or
 * refuses by the one exception that its callers expect, and makes nothing out of proportion.
 */
final class DecodersTest {

  private static final int INPUTS = 5_000;
  private static final long SEED = 20_261;

  /** What one input may cost: the table of the size that a message may ask for. */
  private static final long MAX_ALLOCATED = 256 * 1024;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final List<String> PARTS =
      List.of("linux", "engine", "nanny", "pulse", "director");

  private static final Set<Class<?>> INPUT_TYPES =
      Set.of(byte[].class, ByteBuffer.class, Attributes.class, NetlinkMessage.class);

  /** Read parts of what was found whole before. */
  private static final Set<String> PARTS_OF_A_WHOLE =
      Set.of("SealFormat.keyId", "SealFormat.salt", "SealFormat.counter", "SyncMessage.padding");

  /** An encoder that takes a message, and what is made of an address that was read before. */
  private static final Set<String> NO_DECODERS =
      Set.of("NetlinkCodec.encode", "InternetAddress.of");

  /** The list from which the fuzzer takes its targets; tests run in the folder of their module. */
  private static final Path FUZZED =
      Path.of("../fuzz/src/test/resources/org/lvsdirector/fuzz/decoders.list");

  private record Decoder(String name, Method method) {
    String fullName() {
      return method.getDeclaringClass().getName() + "." + method.getName();
    }
  }

  @Test
  void eachIsFuzzed() throws IOException {
    var fuzzed =
        Files.readAllLines(FUZZED).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    assertThat(decoders())
        .as("decoders, which are the lines of %s", FUZZED)
        .extracting(Decoder::fullName)
        .containsExactlyInAnyOrderElementsOf(fuzzed);
  }

  @Test
  void theDecodersOfWhatComesFromOutsideAreFound() {
    assertThat(decoders())
        .extracting(Decoder::name)
        .contains(
            "HeartbeatCodec.decode",
            "PairBundle.decode",
            "WitnessCodec.envelope",
            "WitnessCodec.question",
            "WitnessCodec.answer",
            "SealFormat.isSealed",
            "Exchange.decode",
            "SyncMessage.decode",
            "ConnectionEntryText.line",
            "ArpFrame.decode",
            "NeighbourFrame.decode",
            "EchoMessage.decode",
            "NetlinkCodec.decode",
            "NetlinkCodec.verdict",
            "Attributes.decode",
            "GenericMessage.decode",
            "RouteCodec.address",
            "RouteCodec.event",
            "RouteCodec.link",
            "KernelService.decode",
            "KernelDaemon.decode");
  }

  @Test
  void noneThrowsAnythingButItsRefusalOrAllocatesWithoutBound() {
    var faults = new ArrayList<String>();
    for (var decoder : decoders()) {
      var random = new Random(SEED);
      String fault = null;
      for (var i = 0; i < INPUTS && fault == null; i++) {
        fault = fault(decoder, Seeds.next(random), random);
      }
      if (fault != null) {
        faults.add(fault);
      }
    }
    assertThat(faults).as("seed %s", SEED).isEmpty();
  }

  private static @Nullable String fault(Decoder decoder, byte[] bytes, Random random) {
    var arguments = arguments(decoder.method, bytes, random);
    if (arguments == null) {
      return null;
    }
    var where = decoder.name + " of " + HexFormat.of().formatHex(bytes);
    try {
      var allocated = allocated(decoder.method, arguments);
      // The first time classes are loaded.
      var again = allocated > MAX_ALLOCATED ? allocated(decoder.method, arguments) : allocated;
      return again > MAX_ALLOCATED ? where + " allocates " + again : null;
    } catch (InvocationTargetException thrown) {
      return where + " throws " + thrown.getCause();
    } catch (IllegalAccessException closed) {
      return where + ": " + closed;
    }
  }

  private static long allocated(Method decoder, Object[] arguments)
      throws InvocationTargetException, IllegalAccessException {
    var before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      decoder.invoke(null, arguments);
    } catch (InvocationTargetException thrown) {
      if (!(thrown.getCause() instanceof IllegalArgumentException)) {
        throw thrown;
      }
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** Null when the bytes are none that this decoder is given. */
  private static Object @Nullable [] arguments(Method method, byte[] bytes, Random random) {
    var types = method.getParameterTypes();
    var arguments = new Object[types.length];
    var isRange = types.length == 3 && types[1] == int.class;
    for (var i = 0; i < types.length; i++) {
      var argument =
          types[i] == int.class
              ? Integer.valueOf(isRange && i == 1 ? 0 : bytes.length)
              : input(types[i], bytes, random);
      if (argument == null) {
        return null;
      }
      arguments[i] = argument;
    }
    return arguments;
  }

  private static @Nullable Object input(Class<?> type, byte[] bytes, Random random) {
    if (type == boolean.class) {
      return random.nextBoolean();
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
    }
    if (type == String.class) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    var buffer = ByteBuffer.wrap(bytes);
    if (type == NetlinkMessage.class) {
      var kind = bytes.length == 0 ? 0 : bytes[0] & 0x1f;
      return new NetlinkMessage(kind, NetlinkMessage.ACK_TLVS, 1, 2, buffer);
    }
    if (type == Attributes.class) {
      try {
        return Attributes.decode(buffer);
      } catch (IllegalArgumentException _) {
        return null;
      }
    }
    return type == byte[].class ? bytes : buffer;
  }

  private static List<Decoder> decoders() {
    return Production.CLASSES.stream()
        .filter(type -> PARTS.stream().anyMatch(part -> isIn(type.getPackageName(), part)))
        .flatMap(type -> type.getMethods().stream())
        .filter(DecodersTest::isDecoder)
        .map(method -> new Decoder(name(method), reflected(method)))
        .filter(decoder -> !PARTS_OF_A_WHOLE.contains(decoder.name))
        .filter(decoder -> !NO_DECODERS.contains(decoder.name))
        .sorted(Comparator.comparing(Decoder::name))
        .toList();
  }

  private static boolean isIn(String name, String part) {
    return (name + ".").startsWith("org.lvsdirector." + part + ".");
  }

  private static boolean isDecoder(JavaMethod method) {
    var modifiers = method.getModifiers();
    var types = method.getRawParameterTypes();
    return modifiers.contains(JavaModifier.STATIC)
        && !modifiers.contains(JavaModifier.PRIVATE)
        && !modifiers.contains(JavaModifier.SYNTHETIC)
        && !method.getRawReturnType().getName().equals("void")
        && !types.isEmpty()
        && (isBytes(types.getFirst()) || isText(method))
        && types.stream().skip(1).allMatch(DecodersTest::isChoice);
  }

  private static boolean isBytes(JavaClass type) {
    return INPUT_TYPES.stream().anyMatch(input -> input.getName().equals(type.getName()));
  }

  private static boolean isText(JavaMethod method) {
    return method.getName().equals("parse")
        && method.getRawParameterTypes().getFirst().isEquivalentTo(String.class);
  }

  private static boolean isChoice(JavaClass type) {
    return type.isEnum() || Set.of("int", "boolean", "java.lang.String").contains(type.getName());
  }

  private static String name(JavaMethod method) {
    return method.getOwner().getSimpleName() + "." + method.getName();
  }

  private static Method reflected(JavaMethod method) {
    var reflected = method.reflect();
    reflected.setAccessible(true);
    return reflected;
  }
}
