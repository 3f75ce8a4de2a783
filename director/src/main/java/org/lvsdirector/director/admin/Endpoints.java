// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.lvsdirector.director.admin.AdminServer.Reply;
import org.lvsdirector.director.admin.Endpoint.Arguments;

/** Finds the endpoint of a request, and says what is wrong with a request that has none. */
final class Endpoints {
  private final List<Endpoint> all;

  /** Of endpoints in the order in which they are tried. */
  Endpoints(List<Endpoint> all) {
    this.all = List.copyOf(all);
  }

  private record Failure(String error) {}

  /** The answer to a request; blocks for as long as its handler does. */
  Reply answer(String method, String path) {
    var matching = all.stream().filter(endpoint -> endpoint.argumentsIn(path) != null).toList();
    if (matching.isEmpty()) {
      return failed(404, "no such request: " + method + " " + path);
    }
    for (var endpoint : matching) {
      if (endpoint.method().equals(method)) {
        var given = endpoint.argumentsIn(path);
        return answer(endpoint, given == null ? Map.of() : given);
      }
    }
    var allowed =
        matching.stream().map(Endpoint::method).distinct().collect(Collectors.joining(", "));
    var words = "no such request: " + method + " " + path + "; this path is for " + allowed;
    return failed(405, words).allowing(allowed);
  }

  /** Whether a request gives an order, which is never kept waiting by those that only ask. */
  boolean isOrder(String method, String path) {
    return all.stream()
        .anyMatch(
            endpoint ->
                endpoint.level() == Endpoint.Level.WRITE
                    && endpoint.method().equals(method)
                    && endpoint.argumentsIn(path) != null);
  }

  private static Reply answer(Endpoint endpoint, Map<String, String> given) {
    for (var argument : given.entrySet()) {
      var values = endpoint.arguments().getOrDefault(argument.getKey(), List.of());
      if (!values.contains(argument.getValue())) {
        return failed(
            400,
            "%s is '%s', and must be %s"
                .formatted(argument.getKey(), argument.getValue(), String.join(" or ", values)));
      }
    }
    return endpoint.handler().apply(new Arguments(given));
  }

  static Reply failed(int status, String error) {
    return Reply.json(status, new Failure(error));
  }
}
