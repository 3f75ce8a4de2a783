// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import org.lvsdirector.engine.table.Table.Server;
import org.lvsdirector.engine.table.TableOp;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;
import org.lvsdirector.engine.table.TableOp.DeleteServer;
import org.lvsdirector.engine.table.TableOp.DeleteService;
import org.lvsdirector.engine.table.TableOp.SetServer;
import org.lvsdirector.engine.table.TableOp.SetService;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.NetlinkCodec.Verdict;

/** What the kernel's error numbers mean for a change of the table. Pure. */
final class Refusals {
  private Refusals() {}

  /** Whether what the change asks for is so: what it deletes is not there. */
  static boolean isDone(TableOp change, Verdict verdict) {
    return switch (change) {
      case DeleteService _ -> verdict.errno() == 0 || verdict.errno() == Errno.ESRCH;
      case DeleteServer _ ->
          verdict.errno() == 0 || verdict.errno() == Errno.ESRCH || verdict.errno() == Errno.ENOENT;
      case AddService _, SetService _, AddServer _, SetServer _ -> verdict.errno() == 0;
    };
  }

  /** Why the kernel refused a change: what it means, its name, and the kernel's own words. */
  static String reason(TableOp change, Verdict verdict) {
    var name = Errno.name(verdict.errno());
    var words = verdict.explanation().isEmpty() ? "" : ", " + verdict.explanation();
    var meaning = meaning(change, verdict.errno());
    return meaning.isEmpty() ? name + words : meaning + " (" + name + words + ")";
  }

  private static String meaning(TableOp change, int errno) {
    return switch (errno) {
      case Errno.ENOENT -> missing(change);
      case Errno.ESRCH -> "the kernel's table has no such service";
      case Errno.EPERM -> "not permitted; IPVS needs CAP_NET_ADMIN in the initial user namespace";
      case Errno.EAFNOSUPPORT -> "the kernel has no IPv6";
      case Errno.ERANGE -> "a weight below 0, or a lower threshold above the upper one";
      case Errno.EINVAL -> invalid(change);
      default -> "";
    };
  }

  private static String missing(TableOp change) {
    return switch (change) {
      case AddService add -> noScheduler(add.settings().scheduler().word());
      case SetService set -> noScheduler(set.settings().scheduler().word());
      case AddServer _, SetServer _, DeleteServer _, DeleteService _ ->
          "the kernel's table has no such server";
    };
  }

  private static String noScheduler(String word) {
    return "the kernel has no scheduler " + word + "; modprobe ip_vs_" + word;
  }

  private static String invalid(TableOp change) {
    return switch (change) {
      case AddServer(var key, var server) -> invalidServer(key.toString(), server);
      case SetServer(var key, var server) -> invalidServer(key.toString(), server);
      case AddService _, SetService _, DeleteServer _, DeleteService _ ->
          "the kernel does not take these values";
    };
  }

  private static String invalidServer(String service, Server server) {
    return "the kernel does not take "
        + server.endpoint()
        + " for "
        + service
        + "; a server has a unicast address, and one of another address family needs"
        + " network = tunnel and no sync daemon";
  }
}
