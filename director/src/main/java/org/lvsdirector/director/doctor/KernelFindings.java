// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.lvsdirector.engine.Capability;
import org.lvsdirector.engine.EngineKind;

/**
 * What the kernel's settings mean for a director.
 *
 * @param files where they are read
 * @param kind the engine that would be opened
 */
record KernelFindings(MachineFiles files, EngineKind kind) {

  private static final int NET_BIND_SERVICE = 10;
  private static final int NET_ADMIN = 12;
  private static final int NET_RAW = 13;
  private static final int IPC_LOCK = 14;
  private static final int SYS_NICE = 23;
  private static final long ENOUGH_FILES = 65_536;
  private static final Set<String> GOOD_CLOCKS =
      Set.of("tsc", "kvm-clock", "hyperv_clocksource_tsc_page", "arch_sys_counter", "xen");

  List<Finding> all() {
    var found = new ArrayList<Finding>();
    found.addAll(capabilities());
    found.add(arpIgnore());
    found.add(clock());
    found.add(openFiles());
    found.add(lockedMemory());
    return found;
  }

  /** Whether this process forwards: it needs files for that, and may do with few privileges. */
  private boolean isInProcess() {
    return kind.can().contains(Capability.LISTENING);
  }

  private List<Finding> capabilities() {
    var isProcess = isInProcess();
    return List.of(
        capability(
            NET_ADMIN, "CAP_NET_ADMIN", "virtual addresses and the kernel's table", isProcess),
        capability(NET_RAW, "CAP_NET_RAW", "announcing addresses by ARP and ND, ping", isProcess),
        capability(NET_BIND_SERVICE, "CAP_NET_BIND_SERVICE", "ports below 1024, as 539", false),
        capability(IPC_LOCK, "CAP_IPC_LOCK", "keeping its memory from being paged out", true),
        capability(SYS_NICE, "CAP_SYS_NICE", "running before other processes", true));
  }

  private Finding capability(int bit, String name, String purpose, boolean isOptional) {
    var all = files.field("proc/self/status", "CapEff:");
    var has = all.isPresent() && (Long.parseUnsignedLong(all.get(), 16) >> bit & 1) == 1;
    if (has) {
      return Finding.ok("capability " + name, "is there");
    }
    var mend = "run as root, or give the unit AmbientCapabilities=" + name;
    var detail = "is missing: needed for " + purpose;
    return isOptional
        ? Finding.warning("capability " + name, detail, mend)
        : Finding.fault("capability " + name, detail, mend);
  }

  private Finding arpIgnore() {
    var name = "arp_ignore, arp_announce";
    var ignore = files.number("net.ipv4.conf.all.arp_ignore");
    var announce = files.number("net.ipv4.conf.all.arp_announce");
    return ignore >= 1 && announce >= 1
        ? Finding.ok(name, ignore + ", " + announce)
        : Finding.warning(
            name,
            "are "
                + ignore
                + ", "
                + announce
                + ": a virtual address of one network is answered for"
                + " on the others too",
            "sysctl -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2");
  }

  private Finding clock() {
    var name = "clock source";
    var source =
        files
            .text("sys/devices/system/clocksource/clocksource0/current_clocksource")
            .orElse("unknown");
    return GOOD_CLOCKS.contains(source)
        ? Finding.ok(name, source)
        : Finding.warning(
            name,
            source + " is slow or unsteady, and heartbeats are timed by it",
            "see " + "/sys/devices/system/clocksource/clocksource0/available_clocksource");
  }

  private Finding openFiles() {
    var name = "open files";
    var limit = limit("Max open files");
    return limit >= ENOUGH_FILES
        ? Finding.ok(name, limit == Long.MAX_VALUE ? "unlimited" : "limit " + limit)
        : !isInProcess()
            ? Finding.ok(name, "limit " + limit)
            : Finding.warning(
                name,
                "the limit of " + limit + " allows about " + limit / 2 + " proxied connections",
                "LimitNOFILE=1048576 in the unit, or ulimit -n");
  }

  private Finding lockedMemory() {
    var name = "memory";
    var isSwapping = files.text("proc/swaps").map(text -> text.lines().count() > 1).orElse(false);
    var limit = limit("Max locked memory");
    if (!isSwapping) {
      return Finding.ok(name, "there is no swap");
    }
    return limit >= 1L << 30
        ? Finding.ok(name, "may be locked")
        : Finding.warning(
            name,
            "there is swap: a director that is paged out sends no heartbeats",
            "swapoff -a, or MemorySwapMax=0 in the unit");
  }

  /** A soft limit of this process. */
  private long limit(String what) {
    var value =
        files.field("proc/self/limits", what).map(text -> text.split("\\s+")[0]).orElse("0");
    if (value.equals("unlimited")) {
      return Long.MAX_VALUE;
    }
    return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
  }
}
