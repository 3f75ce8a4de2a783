// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.director.admin.AdminServer.Reply;

/**
 * One thing that the admin API can be asked for.
 *
 * @param method the HTTP method
 * @param pattern the path; a part in braces, such as {@code {node}}, is an argument
 * @param level what asking for it may do
 * @param arguments what each argument may be
 * @param summary what it is for, in a sentence
 * @param handler makes the answer, on a thread of its own; may block
 */
public record Endpoint(
    String method,
    String pattern,
    Level level,
    Map<String, List<String>> arguments,
    String summary,
    Function<Arguments, Reply> handler) {
  public Endpoint {
    arguments = Map.copyOf(arguments);
  }

  /** What asking may do. */
  public enum Level {
    /** It changes nothing. */
    READ,
    /** It gives an order. */
    WRITE
  }

  /**
   * The arguments of a request, all of them good.
   *
   * @param byName each by its name
   */
  public record Arguments(Map<String, String> byName) {
    public Arguments {
      byName = Map.copyOf(byName);
    }

    /** One that the pattern has. */
    public String of(String name) {
      return Objects.requireNonNull(byName.get(name), name);
    }
  }

  /** Something that is asked for without changing anything. */
  public static Endpoint read(String pattern, String summary, Function<Arguments, Reply> handler) {
    return new Endpoint("GET", pattern, Level.READ, Map.of(), summary, handler);
  }

  /** An order. */
  public static Endpoint write(String pattern, String summary, Function<Arguments, Reply> handler) {
    return new Endpoint("POST", pattern, Level.WRITE, Map.of(), summary, handler);
  }

  /** The same, with what one of its arguments may be. */
  public Endpoint with(String argument, List<String> values) {
    var more = new LinkedHashMap<>(arguments);
    more.put(argument, List.copyOf(values));
    return new Endpoint(method, pattern, level, more, summary, handler);
  }

  /** The arguments in a path, good or not; null when the pattern is another. */
  @Nullable Map<String, String> argumentsIn(String path) {
    var wanted = pattern.split("/", -1);
    var given = path.split("/", -1);
    if (wanted.length != given.length) {
      return null;
    }
    var found = new LinkedHashMap<String, String>();
    for (var i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        found.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
      } else if (!wanted[i].equals(given[i])) {
        return null;
      }
    }
    return found;
  }
}
