// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.choice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.lvsdirector.engine.EngineKind;
import org.lvsdirector.engine.KernelNeed;
import org.lvsdirector.engine.KernelNeed.Sort;

/** docs/engines.md, made from the engines themselves. */
final class EnginesDoc {
  private static final String HEAD =
      """
      # Forwarding engines

      What forwards packets is chosen by `engine` in director.conf. `engine = auto` takes the first
      of these that works on the machine and can serve all of lvs.cf; `director engines` says which
      work and why not the others, and `director doctor` judges this machine by what the engine needs
      that would be opened. This page is made from the same list.

      The proxy engine can serve neither services by `fwmark` or of every port (`port = 0`), nor
      SCTP, nor servers with `network = direct` or `tunnel`. A director whose engine cannot serve
      something of lvs.cf is not fit: it never takes over, `director status` says why, `director
      doctor` calls it a fault, and a reload of such a file is refused.
      """;

  private EnginesDoc() {}

  static String page(List<EngineKind> kinds) {
    return HEAD + kinds.stream().map(EnginesDoc::section).collect(Collectors.joining());
  }

  private static String section(EngineKind kind) {
    var text = new StringBuilder("\n## " + kind.word() + "\n\n" + kind.about() + "\n");
    text.append('\n');
    kind.can().forEach(can -> text.append("- It ").append(can.text()).append(".\n"));
    text.append("\n| needs | which must be | when | otherwise |\n|---|---|---|---|\n");
    kind.needs().forEach(need -> text.append(row(need)));
    if (!kind.needsDirective().isEmpty()) {
      text.append("\nWith `")
          .append(kind.needsDirective())
          .append(
              "` the daemon sets these settings itself and puts them back when it stops; those for"
                  + " connection sync in any case.\n");
    }
    return text + more(kind);
  }

  /** What else is to be known of an engine, written by hand. */
  private static String more(EngineKind kind) {
    var name = kind.word() + "-kernels.md";
    try (var in = EnginesDoc.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String row(KernelNeed need) {
    return "| `%s` | %s | %s | %s%s |%n"
        .formatted(
            need.name(),
            need.sort() == Sort.MODULE
                ? "in the kernel, or a module of it"
                : need.value().isEmpty() ? "either" : need.value(),
            need.when().text(),
            need.otherwise(),
            need.isVital() ? "; **vital**" : "");
  }
}
