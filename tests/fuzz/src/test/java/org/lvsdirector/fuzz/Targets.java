// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lvsdirector.director.admin.RequestReadings;
import org.lvsdirector.engine.ipvs.sync.exchange.SyncReadings;
import org.lvsdirector.nanny.AnswerReadings;
import org.lvsdirector.pulse.link.LinkReadings;
import org.lvsdirector.pulse.seal.SealReadings;

/**
 * All that reads bytes from outside: the static decoders of the list {@code decoders.list}, which
 * the architecture tests compare with the code, and the readers that are no such methods.
 */
public final class Targets {
  private static final Map<String, Reading> ALL = all();

  private Targets() {}

  /** The names, in their order. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** The one with this name. */
  public static Reading named(String name) {
    var reading = ALL.get(name);
    if (reading == null) {
      throw new IllegalArgumentException("no decoder " + name + "; there are " + names());
    }
    return reading;
  }

  /** What fuzzing begins with: a message of each kind. */
  static List<byte[]> messages() {
    return lines("messages.hex").stream().map(HexFormat.of()::parseHex).toList();
  }

  private static Map<String, Reading> all() {
    var all = new TreeMap<String, Reading>();
    for (var name : lines("decoders.list")) {
      all.put(name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1), of(name));
    }
    all.putAll(LinkReadings.all());
    all.putAll(SealReadings.all());
    all.putAll(SyncReadings.all());
    all.putAll(AnswerReadings.all());
    all.putAll(RequestReadings.all());
    return all;
  }

  private static Reading of(String name) {
    return StaticDecoder.of(name);
  }

  /** The lines of a resource but for blank ones and comments. */
  private static List<String> lines(String resource) {
    try (var in = Targets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
