// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lvsdirector.engine.KernelNeed;
import org.lvsdirector.engine.KernelNeed.Sort;
import org.lvsdirector.engine.choice.Engines;

/**
 * Which engine would be opened, and whether the kernel has what it is made of.
 *
 * @param files where modules are looked for
 * @param chosen the engine
 */
record EngineFindings(MachineFiles files, Engines.Chosen chosen) {
  List<Finding> all() {
    var found = new ArrayList<Finding>();
    found.add(engine());
    chosen.kind().needs().stream()
        .filter(need -> need.sort() == Sort.MODULE)
        .map(this::module)
        .forEach(found::add);
    return found;
  }

  private Finding engine() {
    var name = "engine";
    var word = chosen.kind().word();
    var passed =
        chosen.passedOver().stream()
            .map(one -> one.name() + ": " + one.reason())
            .collect(Collectors.joining("; "));
    if (!chosen.isUsable()) {
      return Finding.fault(name, passed, "see `director engines`");
    }
    if (!chosen.unserved().isEmpty()) {
      return Finding.fault(
          name,
          word + " " + Engines.cannotServe(chosen.unserved()) + ": this director would not be fit",
          "set another engine in director.conf, or network = nat in lvs.cf");
    }
    return passed.isEmpty()
        ? Finding.ok(name, word)
        : Finding.warning(name, word + " would be opened, not " + passed, "see `director engines`");
  }

  private Finding module(KernelNeed module) {
    var name = module.name();
    if (chosen.isUsable() || files.exists("sys/module/" + name)) {
      return Finding.ok(name, "in the kernel, in use or loaded");
    }
    var release = files.sysctl("kernel.osrelease").orElse("");
    var file = "/" + name + ".ko";
    var hasFile =
        List.of("modules.builtin", "modules.dep").stream()
            .map(list -> files.text("lib/modules/" + release + "/" + list).orElse(""))
            .anyMatch(text -> text.contains(file));
    return hasFile
        ? Finding.ok(name, "the kernel has it as a module, loaded when needed")
        : Finding.fault(
            name,
            "kernel " + release + " does not have it: " + module.otherwise(),
            "install the kernel's full modules, or set another engine");
  }
}
