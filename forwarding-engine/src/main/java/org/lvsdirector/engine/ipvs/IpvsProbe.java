package org.lvsdirector.engine.ipvs;

import java.nio.ByteBuffer;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.Availability.Unusable;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.GenericMessage;
import org.lvsdirector.linux.GenericNetlink;
import org.lvsdirector.linux.GenericNetlink.Family;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;

/** Asks the kernel whether it has IPVS and lets this process use it. */
public final class IpvsProbe {
  private static final String FAMILY = "IPVS"; // linux/ip_vs.h IPVS_GENL_NAME
  private static final int VERSION = 1; // linux/ip_vs.h IPVS_GENL_VERSION
  private static final int GET_INFO = 15; // linux/ip_vs.h IPVS_CMD_GET_INFO

  private IpvsProbe() {}

  /** What the kernel says now; it tries to load its module. For platform threads. */
  public static Availability availability(Libc libc) {
    try (var netlink = GenericNetlink.open(libc)) {
      return switch (netlink.familyId(FAMILY)) {
        case Family.Missing _ ->
            new Unusable("this kernel has no ip_vs; modprobe ip_vs, where the module is installed");
        case Family.Found(int id) -> {
          var request = new GenericMessage(GET_INFO, VERSION, ByteBuffer.allocate(0));
          netlink.request("IPVS GET_INFO", id, request);
          yield new Unusable(
              "kernel IPVS is present but this version does not program it yet;"
                  + " use engine = proxy");
        }
      };
    } catch (LinuxException e) {
      return new Unusable(reason(e));
    }
  }

  private static String reason(LinuxException e) {
    return e.errno() == Errno.EPERM || e.errno() == Errno.EACCES
        ? "not permitted; IPVS needs CAP_NET_ADMIN in the initial user namespace"
        : "the kernel did not say whether it has ip_vs: " + e.getMessage();
  }
}
