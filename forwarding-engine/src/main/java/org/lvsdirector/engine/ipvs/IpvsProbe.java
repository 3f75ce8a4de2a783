// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.Availability.Unusable;
import org.lvsdirector.engine.Availability.Usable;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;

/** Asks the kernel whether it has IPVS and lets this process use it. */
public final class IpvsProbe {
  /** /proc/self/uid_map of the initial user namespace, its blanks squeezed. */
  private static final String EVERY_USER = "0 0 4294967295";

  private IpvsProbe() {}

  /** What the kernel says now; it tries to load its module. For platform threads. */
  public static Availability availability(Libc libc) {
    try (var kernel = IpvsKernel.open(libc)) {
      kernel.info();
      return new Usable();
    } catch (LinuxException e) {
      return new Unusable(reason(e));
    }
  }

  /** Why IPVS cannot be used, and what the operator can do about it. */
  static String reason(LinuxException e) {
    return switch (e.errno()) {
      case Errno.ENOENT -> noModule(moduleFile());
      case Errno.EPERM, Errno.EACCES -> notPermitted(read(Path.of("/proc/self/uid_map")));
      default -> "the kernel did not say whether it has ip_vs: " + e.getMessage();
    };
  }

  /**
   * The reason when the kernel has no IPVS.
   *
   * @param hasModule whether its module is among those of this machine
   */
  static String noModule(boolean hasModule) {
    return hasModule
        ? "this kernel has not loaded ip_vs, though its module is here; modprobe ip_vs, outside of"
            + " any container, shows why"
        : "this kernel has no ip_vs, neither loaded nor as a module on this machine; install the"
            + " kernel's modules, or in a container run modprobe ip_vs on the host";
  }

  /**
   * The reason when the kernel refuses to answer.
   *
   * @param uidMap what /proc/self/uid_map says; empty when it says nothing
   */
  static String notPermitted(String uidMap) {
    var isInitial = uidMap.strip().replaceAll("\\s+", " ").equals(EVERY_USER);
    return isInitial || uidMap.isEmpty()
        ? "not permitted; run as root, or give the process CAP_NET_ADMIN"
        : "not permitted, since this process is in a user namespace (an unprivileged container);"
            + " IPVS needs CAP_NET_ADMIN in the initial one";
  }

  private static boolean moduleFile() {
    var release = read(Path.of("/proc/sys/kernel/osrelease")).strip();
    var modules = Path.of("/lib/modules", release);
    return read(modules.resolve("modules.dep")).contains("/ip_vs.ko")
        || read(modules.resolve("modules.builtin")).contains("/ip_vs.ko");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException _) {
      return "";
    }
  }
}
