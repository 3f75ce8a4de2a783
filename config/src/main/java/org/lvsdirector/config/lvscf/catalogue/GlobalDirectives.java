// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.catalogue;

import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.ANY_ADDRESS;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.BOOL;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.COMMAND;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.DIRECTOR;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.INT_MAX;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.LONGEST;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.MASK;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.METHOD;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.MICRO;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.ON_DEVICE;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.OURS;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.SECOND;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.SWITCH;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.TEXT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.lvsdirector.config.Failback;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.lvscf.directive.AddressTypes.AddressListType;
import org.lvsdirector.config.lvscf.directive.AddressTypes.DeviceType;
import org.lvsdirector.config.lvscf.directive.AddressTypes.Mask;
import org.lvsdirector.config.lvscf.directive.AddressTypes.MaybePort;
import org.lvsdirector.config.lvscf.directive.AddressTypes.MaybePortType;
import org.lvsdirector.config.lvscf.directive.AddressTypes.OnDevice;
import org.lvsdirector.config.lvscf.directive.CatalogueRow;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.NumberTypes.DurationType;
import org.lvsdirector.config.lvscf.directive.NumberTypes.IntType;
import org.lvsdirector.config.lvscf.directive.NumberTypes.PortType;
import org.lvsdirector.config.lvscf.directive.ValueType;
import org.lvsdirector.config.lvscf.directive.WordTypes.KeywordType;
import org.lvsdirector.config.lvscf.syntax.Scope;

/** What may stand at top level, in the order in which Piranha's web page wrote it. */
public final class GlobalDirectives {
  private static final List<Directive<?>> ROWS = new ArrayList<>();

  private static final Set<Scope> GLOBAL = EnumSet.of(Scope.GLOBAL);
  private static final Set<Scope> GLOBAL_AND_VIRTUAL = EnumSet.of(Scope.GLOBAL, Scope.VIRTUAL);

  static final Directive<Long> SERIAL_NO =
      row("serial_no", GLOBAL, new IntType(0, INT_MAX), "0", "2001")
          .silent("counts the edits; nothing reads it");
  public static final Directive<IpAddress> PRIMARY =
      row("primary", GLOBAL, DIRECTOR, "", "1999").used("address of the primary director; needed");
  public static final Directive<IpAddress> PRIMARY_PRIVATE =
      row("primary_private", GLOBAL, DIRECTOR, "", "2001")
          .used("its address on the second heartbeat link; with backup_private");
  public static final Directive<String> PRIMARY_SHARED =
      row("primary_shared", GLOBAL, TEXT, "", "2001").later("shared SCSI device, seen from it");
  public static final Directive<ServiceKind> SERVICE_KIND =
      row("service", GLOBAL, KeywordType.of(ServiceKind.values()), "lvs", "2000")
          .used("which blocks count: virtual (lvs) or failover (fos)", ServiceKind.LVS);
  public static final Directive<String> RSH_COMMAND =
      row("rsh_command", GLOBAL, TEXT, "rsh", "1999")
          .later("the command of load_monitor = uptime", "rsh", "ssh");
  public static final Directive<Boolean> BACKUP_ACTIVE =
      row("backup_active", GLOBAL, BOOL, "0", "1999")
          .used("whether there is a backup director; without, no heartbeats", false);
  public static final Directive<IpAddress> BACKUP =
      row("backup", GLOBAL, ANY_ADDRESS, "", "1999").used("address of the backup director");
  public static final Directive<IpAddress> BACKUP_PRIVATE =
      row("backup_private", GLOBAL, DIRECTOR, "", "2001")
          .used("its address on the second heartbeat link; with primary_private");
  public static final Directive<String> BACKUP_SHARED =
      row("backup_shared", GLOBAL, TEXT, "", "2001").later("shared SCSI device, seen from it");
  static final Directive<Boolean> HEARTBEAT =
      row("heartbeat", GLOBAL, BOOL, "0", "1999").idle("backup_active decides");
  public static final Directive<Integer> HEARTBEAT_PORT =
      row("heartbeat_port", GLOBAL, new PortType(1), "539", "1999")
          .used("UDP port of the heartbeats on both directors", 539);
  public static final Directive<Duration> KEEPALIVE =
      row(
              "keepalive",
              GLOBAL,
              new DurationType(Duration.ofMillis(1), Duration.ofHours(1), MICRO),
              "2s; 100ms when deadtime is not given either",
              "1999")
          .used("time between two heartbeats");
  public static final Directive<Duration> DEADTIME =
      row(
              "deadtime",
              GLOBAL,
              new DurationType(Duration.ofMillis(1), Duration.ofHours(24), MICRO),
              "5s; 750ms when keepalive is not given either",
              "1999")
          .used("silence on every link after which the partner is dead; no multiple of keepalive");
  public static final Directive<List<IpAddress>> PING_TARGET =
      row("ping_target", GLOBAL, new AddressListType(), "none", OURS)
          .used("addresses that a director reaches unless it is cut off, such as the gateway");
  public static final Directive<MaybePort> WITNESS =
      row("witness", GLOBAL, new MaybePortType(), "none; port is heartbeat_port", OURS)
          .used("a third machine that both directors ask when they cannot hear each other");
  public static final Directive<Failback> FAILBACK =
      row("failback", GLOBAL, KeywordType.of(Failback.values()), "none", OURS)
          .used(
              "whether a primary that returns becomes active, once it has the connections",
              Failback.NONE);
  static final Directive<Boolean> SYNC =
      row("sync", GLOBAL, BOOL, "0", "1999").dead("nothing was ever synchronized by it", "0");
  public static final Directive<ForwardingMethod> NETWORK =
      row("network", GLOBAL, METHOD, "nat", "1999")
          .used("how packets reach the real servers", ForwardingMethod.NAT);
  public static final Directive<OnDevice> NAT_ROUTER =
      row("nat_router", GLOBAL, ON_DEVICE, "", "1999")
          .used("the real servers' gateway; the active director holds it");
  public static final Directive<Mask> NAT_NMASK =
      row("nat_nmask", GLOBAL, MASK, "the address alone", "2000").used("mask of nat_router");
  public static final Directive<String> RESERVATION_CONFLICT_ACTION =
      row(
              "reservation_conflict_action",
              GLOBAL,
              KeywordType.ofText("nothing", "preempt"),
              "",
              "2001")
          .later("what to do about a SCSI reservation", "nothing");
  static final Directive<String> DEBUG_LEVEL =
      row("debug_level", GLOBAL, TEXT, "NONE", "2000")
          .dead("log.level of director.conf decides", "NONE");
  static final Directive<String> DEBUG =
      row("debug", GLOBAL, TEXT, "NONE", "2000").oldName("what the man page calls debug_level");
  public static final Directive<String> ACTIVE_CMD =
      row("active_cmd", GLOBAL, COMMAND, "", "2004").used("run when this director becomes active");
  public static final Directive<String> INACTIVE_CMD =
      row("inactive_cmd", GLOBAL, COMMAND, "", "2004").used("run when it stops being active");
  public static final Directive<Boolean> MONITOR_LINKS =
      row("monitor_links", GLOBAL, SWITCH, "0", "2005")
          .used(
              "whether a director whose virtual addresses have no carrier gives way to the other",
              false);
  public static final Directive<Boolean> SYNCDAEMON =
      row("syncdaemon", GLOBAL, BOOL, "0", "2006")
          .used("whether connections are synchronized to the standby; engine ipvs", false);
  public static final Directive<String> SYNCD_IFACE =
      row("syncd_iface", GLOBAL, new DeviceType(), "eth0", "2012")
          .used("the interface of connection sync, with an IPv4 address on both directors");
  public static final Directive<Long> SYNCD_ID =
      row("syncd_id", GLOBAL, new IntType(0, 255), "0", "2012")
          .used("tells apart pairs that share a network, 0 to 255; 0 takes from every pair");
  public static final Directive<Duration> TCP_TIMEOUT =
      row("tcp_timeout", GLOBAL, new DurationType(Duration.ZERO, LONGEST, SECOND), "0", "2012")
          .used("life of an idle TCP connection; 0 is the engine's default");
  public static final Directive<Duration> TCPFIN_TIMEOUT =
      row("tcpfin_timeout", GLOBAL, new DurationType(Duration.ZERO, LONGEST, SECOND), "0", "2012")
          .used("life of a TCP connection after FIN; 0 is the engine's default");
  public static final Directive<Duration> UDP_TIMEOUT =
      row("udp_timeout", GLOBAL, new DurationType(Duration.ZERO, LONGEST, SECOND), "0", "2012")
          .used("life of an idle UDP flow; 0 is the engine's default");
  public static final Directive<String> NOTIFY =
      row("notify", GLOBAL_AND_VIRTUAL, COMMAND, "", OURS)
          .used("run at each change: of the role (top level), of a server (virtual)");
  static final Directive<Boolean> HARD_SHUTDOWN =
      row("hard_shutdown", GLOBAL, BOOL, "1", "2012")
          .idle("a check that dies never stops the service here");
  static final Directive<String> IPVSADM =
      row("ipvsadm", GLOBAL, TEXT, "", "1999").idle("the kernel is spoken to without a program");

  private GlobalDirectives() {}

  /** Every row, in the order of the reference page. */
  static List<Directive<?>> rows() {
    return List.copyOf(ROWS);
  }

  private static <T> CatalogueRow<T> row(
      String word, Set<Scope> scopes, ValueType<T> type, String presetText, String since) {
    return new CatalogueRow<>(word, scopes, type, presetText, since, ROWS);
  }
}
