// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a soak.
 *
 * @param stopped why it could not go on; empty when it went to its end
 * @param resources of each director, when its process was young and the last time
 */
public record SoakResult(
    Soak.Plan plan,
    Path folder,
    List<SoakRound> rounds,
    String stopped,
    Map<String, List<Resources>> resources) {

  public SoakResult {
    rounds = List.copyOf(rounds);
    resources = Map.copyOf(resources);
  }

  /** All invariants that did not hold. */
  public List<String> broken() {
    var broken = new ArrayList<String>();
    for (var round : rounds) {
      round.broken().forEach(one -> broken.add("fault %d: %s".formatted(round.number(), one)));
    }
    if (!stopped.isEmpty()) {
      broken.add(stopped);
    }
    return broken;
  }

  /** The table in Markdown, and a sentence. */
  public String text() {
    var text = new StringBuilder(SoakRound.HEAD);
    rounds.forEach(round -> text.append(round.row()).append('\n'));
    text.append("\n| director | process | heap KiB | resident KiB | descriptors | threads |\n");
    text.append("|---|---|---|---|---|---|\n");
    resources.forEach(
        (node, two) ->
            text.append(
                "| %s | %d | %d, %d | %d, %d | %d, %d | %d, %d |%n"
                    .formatted(
                        node,
                        two.getLast().pid(),
                        two.getFirst().heapKib(),
                        two.getLast().heapKib(),
                        two.getFirst().residentKib(),
                        two.getLast().residentKib(),
                        two.getFirst().descriptors(),
                        two.getLast().descriptors(),
                        two.getFirst().threads(),
                        two.getLast().threads())));
    var broken = broken();
    text.append("\nseed %d, %d faults: ".formatted(plan.seed(), rounds.size()));
    return text.append(broken.isEmpty() ? "every invariant held" : String.join("\n", broken))
        .toString();
  }

  /** The same for programs. */
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("seed", plan.seed());
    json.put("rounds", rounds);
    json.put("resources", resources);
    json.put("broken", broken());
    return json;
  }
}
