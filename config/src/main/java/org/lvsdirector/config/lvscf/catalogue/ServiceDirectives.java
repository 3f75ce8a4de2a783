// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.catalogue;

import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.ANY_ADDRESS;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.BOOL;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.COMMAND;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.INT_MAX;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.LONGEST;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.MASK;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.METHOD;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.ON_DEVICE;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.OURS;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.SECOND;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.TEXT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.Tunnel;
import org.lvsdirector.config.Worded;
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
import org.lvsdirector.config.lvscf.directive.WordTypes.FlagsType;
import org.lvsdirector.config.lvscf.directive.WordTypes.KeywordType;
import org.lvsdirector.config.lvscf.directive.WordTypes.ListType;
import org.lvsdirector.config.lvscf.syntax.Scope;

/** What may stand in virtual and failover blocks, but for what is about checks. */
public final class ServiceDirectives {
  private static final List<Directive<?>> ROWS = new ArrayList<>();

  private static final Set<Scope> VIRTUAL = EnumSet.of(Scope.VIRTUAL);
  private static final Set<Scope> SERVICE = EnumSet.of(Scope.VIRTUAL, Scope.FAILOVER);
  private static final Set<Scope> FAILOVER = EnumSet.of(Scope.FAILOVER);
  private static final Set<Scope> VIRTUAL_AND_SERVER = EnumSet.of(Scope.VIRTUAL, Scope.SERVER);

  public static final Directive<Boolean> ACTIVE =
      row("active", SERVICE, BOOL, "0", "1999").used("whether the block counts", false);
  public static final Directive<OnDevice> ADDRESS =
      row("address", SERVICE, ON_DEVICE, "", "1999")
          .used("the address that the active director holds, and its alias device; needed");
  public static final Directive<MaybePort> SORRY_SERVER =
      row("sorry_server", SERVICE, new MaybePortType(), "port of the virtual", "2007")
          .used("where connections go when no server is up");
  public static final Directive<Mask> VIP_NMASK =
      row("vip_nmask", SERVICE, MASK, "the address alone", "2000").used("mask of the address");
  public static final Directive<Long> FWMARK =
      row("fwmark", SERVICE, new IntType(0, 0xffff_ffffL), "0", "2001")
          .used("serve packets with this firewall mark, whatever their address and port", 0L);
  public static final Directive<Integer> PORT =
      row("port", SERVICE, new PortType(0), "80", "1999")
          .used("port of the service, and of the servers that follow; 0 is every port", 80);
  public static final Directive<Duration> PERSISTENT =
      row("persistent", SERVICE, new DurationType(Duration.ZERO, LONGEST, SECOND), "0", "1999")
          .used("how long a client sticks to its server; 0 is not at all", Duration.ZERO);
  public static final Directive<Mask> PMASK =
      row("pmask", SERVICE, MASK, "255.255.255.255", "2000")
          .used("clients that agree in these bits stick together");
  public static final Directive<String> LOAD_MONITOR =
      row(
              "load_monitor",
              SERVICE,
              KeywordType.ofText("none", "rup", "ruptime", "uptime"),
              "none",
              "1999")
          .later("adapts weights to the servers' load", "none");
  public static final Directive<SchedulerName> SCHEDULER =
      row(
              "scheduler",
              SERVICE,
              new KeywordType<>(
                  Worded.byWord(SchedulerName.values()),
                  Map.of("pcc", "it is called lc since 2000")),
              "wlc",
              "1999")
          .used("how a server is chosen", SchedulerName.WLC);
  public static final Directive<Set<SchedulerFlag>> SCHEDULER_FLAGS =
      row("scheduler_flags", VIRTUAL, new FlagsType(), "none", OURS)
          .used("what sh and mh do besides", Set.of());
  public static final Directive<Boolean> ONE_PACKET =
      row("one_packet", VIRTUAL, BOOL, "0", OURS)
          .used("whether each UDP datagram is scheduled by itself", false);
  public static final Directive<Long> QUORUM =
      row("quorum", VIRTUAL, new IntType(1, INT_MAX), "1", OURS)
          .used("weight that must be up for the service to count as working; notify tells", 1L);
  public static final Directive<Long> HYSTERESIS =
      row("hysteresis", VIRTUAL, new IntType(0, INT_MAX), "0", OURS)
          .used("how far beyond the quorum the weight must go before the verdict changes", 0L);
  public static final Directive<Tunnel.Type> TUNNEL_TYPE =
      row("tunnel_type", VIRTUAL_AND_SERVER, KeywordType.of(Tunnel.Type.values()), "ipip", OURS)
          .used("how network = tunnel wraps packets", Tunnel.Type.IPIP);
  public static final Directive<Integer> TUNNEL_PORT =
      row("tunnel_port", VIRTUAL_AND_SERVER, new PortType(1), "", OURS)
          .used("the servers' UDP port for tunnel_type = gue; needed there");
  public static final Directive<Tunnel.Checksum> TUNNEL_CHECKSUM =
      row(
              "tunnel_checksum",
              VIRTUAL_AND_SERVER,
              KeywordType.of(Tunnel.Checksum.values()),
              "none",
              OURS)
          .used(
              "the checksum of the outer header: full with gre and gue, remote with gue",
              Tunnel.Checksum.NONE);
  public static final Directive<ForwardingMethod> VIRTUAL_NETWORK =
      row("network", VIRTUAL, METHOD, "that of the top level", OURS)
          .used("how packets reach the servers of this block");
  public static final Directive<Protocol> PROTOCOL =
      row("protocol", SERVICE, KeywordType.of(Protocol.values()), "tcp", "2000")
          .used("transport protocol", Protocol.TCP);
  public static final Directive<Boolean> QUIESCE_SERVER =
      row("quiesce_server", SERVICE, BOOL, "0", "2001")
          .used("whether a failed server keeps its connections", false);
  public static final Directive<String> START_CMD =
      row("start_cmd", FAILOVER, COMMAND, "", "2000").used("starts the service; needed");
  public static final Directive<String> STOP_CMD =
      row("stop_cmd", FAILOVER, COMMAND, "", "2000").used("stops the service; needed");
  static final Directive<String> VIRTUAL_START_CMD =
      row("start_cmd", VIRTUAL, COMMAND, "", "2000").dead("it is for failover blocks", "");
  static final Directive<String> VIRTUAL_STOP_CMD =
      row("stop_cmd", VIRTUAL, COMMAND, "", "2000").dead("it is for failover blocks", "");
  static final Directive<String> CLIENT_MONITOR =
      row("client_monitor", SERVICE, TEXT, "", "1999")
          .dead("nannies are part of the director; send_program checks by a program");
  static final Directive<IpAddress> MASTER =
      row("master", SERVICE, ANY_ADDRESS, "", "1999").idle("was stored and never used");
  static final Directive<List<String>> DIRS =
      row("dirs", SERVICE, new ListType(), "", "1999").idle("was stored and never used");
  static final Directive<Duration> VIRTUAL_DEADTIME =
      row("deadtime", SERVICE, new DurationType(Duration.ZERO, LONGEST, SECOND), "", "2001")
          .guiOnly("ignored");
  static final Directive<Boolean> SERVICE_HEARTBEAT =
      row("heartbeat", FAILOVER, BOOL, "", "2000").guiOnly("ignored");

  private ServiceDirectives() {}

  /** Every row, in the order of the reference page. */
  static List<Directive<?>> rows() {
    return List.copyOf(ROWS);
  }

  private static <T> CatalogueRow<T> row(
      String word, Set<Scope> scopes, ValueType<T> type, String presetText, String since) {
    return new CatalogueRow<>(word, scopes, type, presetText, since, ROWS);
  }
}
