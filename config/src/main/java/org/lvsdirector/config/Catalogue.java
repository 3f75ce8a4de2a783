package org.lvsdirector.config;

import static org.lvsdirector.config.CatalogueWords.checkKinds;
import static org.lvsdirector.config.CatalogueWords.choice;
import static org.lvsdirector.config.CatalogueWords.queryTypes;
import static org.lvsdirector.config.CatalogueWords.schedulers;
import static org.lvsdirector.config.CatalogueWords.tunnelChecksums;
import static org.lvsdirector.config.CatalogueWords.tunnels;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.AddressTypes.AddressListType;
import org.lvsdirector.config.AddressTypes.AddressType;
import org.lvsdirector.config.AddressTypes.DeviceType;
import org.lvsdirector.config.AddressTypes.Mask;
import org.lvsdirector.config.AddressTypes.MaskType;
import org.lvsdirector.config.AddressTypes.MaybePort;
import org.lvsdirector.config.AddressTypes.MaybePortType;
import org.lvsdirector.config.AddressTypes.OnDevice;
import org.lvsdirector.config.AddressTypes.OnDeviceType;
import org.lvsdirector.config.NumberTypes.BoolType;
import org.lvsdirector.config.NumberTypes.DurationType;
import org.lvsdirector.config.NumberTypes.IntType;
import org.lvsdirector.config.NumberTypes.PortType;
import org.lvsdirector.config.NumberTypes.StatusRange;
import org.lvsdirector.config.NumberTypes.StatusType;
import org.lvsdirector.config.NumberTypes.SwitchType;
import org.lvsdirector.config.WordTypes.FlagsType;
import org.lvsdirector.config.WordTypes.KeywordType;
import org.lvsdirector.config.WordTypes.ListType;
import org.lvsdirector.config.WordTypes.NameType;
import org.lvsdirector.config.WordTypes.PathType;
import org.lvsdirector.config.WordTypes.PayloadType;
import org.lvsdirector.config.WordTypes.TextType;

/**
 * Every directive of lvs.cf, once.
 *
 * <p>The parser, the printer and the reference page are made from these rows.
 */
final class Catalogue {
  private static final List<Directive<?>> ROWS = new ArrayList<>();

  /** The longest time that Piranha's 32-bit seconds could hold. */
  private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

  private static final Duration MICRO = Duration.ofNanos(1_000);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long INT_MAX = Integer.MAX_VALUE;
  private static final String OURS = "lvs-director";

  private static final Set<Scope> GLOBAL = EnumSet.of(Scope.GLOBAL);
  private static final Set<Scope> VIRTUAL = EnumSet.of(Scope.VIRTUAL);
  private static final Set<Scope> SERVICE = EnumSet.of(Scope.VIRTUAL, Scope.FAILOVER);
  private static final Set<Scope> SERVER = EnumSet.of(Scope.SERVER);
  private static final Set<Scope> FAILOVER = EnumSet.of(Scope.FAILOVER);
  private static final Set<Scope> LINK = EnumSet.of(Scope.LINK);
  private static final Set<Scope> GLOBAL_AND_VIRTUAL = EnumSet.of(Scope.GLOBAL, Scope.VIRTUAL);
  private static final Set<Scope> VIRTUAL_AND_SERVER = EnumSet.of(Scope.VIRTUAL, Scope.SERVER);

  private static final BoolType BOOL = new BoolType();
  private static final SwitchType SWITCH = new SwitchType();
  private static final MaskType MASK = new MaskType();
  private static final PayloadType PAYLOAD = new PayloadType();
  private static final TextType TEXT = new TextType("text");
  private static final TextType COMMAND = new TextType("command, in quotes");
  private static final AddressType DIRECTOR = new AddressType(false);
  private static final AddressType ANY_ADDRESS = new AddressType(true);
  private static final OnDeviceType ON_DEVICE = new OnDeviceType();

  private static final KeywordType<ForwardingMethod> METHOD =
      new KeywordType<>(
          choice(
              "nat", ForwardingMethod.NAT,
              "direct", ForwardingMethod.DIRECT_ROUTING,
              "tunnel", ForwardingMethod.TUNNELLING),
          Map.of(
              "masq",
              "write nat",
              "dr",
              "write direct",
              "tun",
              "write tunnel",
              "ipip",
              "write tunnel"));

  /** What {@code service} selects. */
  enum ServiceKind {
    LVS,
    FOS
  }

  /** What {@code check} asks for. */
  enum CheckKind {
    TCP(true),
    HTTP(false),
    HTTPS(false),
    TLS(false),
    SMTP(false),
    DNS(false),
    PING(false),
    UDP(true),
    SCRIPT(true),
    NONE(true);

    private final boolean isRun;

    CheckKind(boolean isRun) {
      this.isRun = isRun;
    }

    /** Whether this version can make such a check. */
    boolean isRun() {
      return isRun;
    }

    /** The word of lvs.cf. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Catalogue() {}

  // Top level, in the order in which Piranha's web page wrote them.

  static final Directive<Long> SERIAL_NO =
      row("serial_no", GLOBAL, new IntType(0, INT_MAX), "0", "2001")
          .silent("counts the edits; nothing reads it");
  static final Directive<IpAddress> PRIMARY =
      row("primary", GLOBAL, DIRECTOR, "", "1999").used("address of the primary director; needed");
  static final Directive<IpAddress> PRIMARY_PRIVATE =
      row("primary_private", GLOBAL, DIRECTOR, "", "2001")
          .used("its address on the second heartbeat link; with backup_private");
  static final Directive<String> PRIMARY_SHARED =
      row("primary_shared", GLOBAL, TEXT, "", "2001").later("shared SCSI device, seen from it");
  static final Directive<ServiceKind> SERVICE_KIND =
      row(
              "service",
              GLOBAL,
              new KeywordType<>(choice("lvs", ServiceKind.LVS, "fos", ServiceKind.FOS), Map.of()),
              "lvs",
              "2000")
          .used("which blocks count: virtual (lvs) or failover (fos)", ServiceKind.LVS);
  static final Directive<String> RSH_COMMAND =
      row("rsh_command", GLOBAL, TEXT, "rsh", "1999")
          .later("the command of load_monitor = uptime", "rsh", "ssh");
  static final Directive<Boolean> BACKUP_ACTIVE =
      row("backup_active", GLOBAL, BOOL, "0", "1999")
          .used("whether there is a backup director; without, no heartbeats", false);
  static final Directive<IpAddress> BACKUP =
      row("backup", GLOBAL, ANY_ADDRESS, "", "1999").used("address of the backup director");
  static final Directive<IpAddress> BACKUP_PRIVATE =
      row("backup_private", GLOBAL, DIRECTOR, "", "2001")
          .used("its address on the second heartbeat link; with primary_private");
  static final Directive<String> BACKUP_SHARED =
      row("backup_shared", GLOBAL, TEXT, "", "2001").later("shared SCSI device, seen from it");
  static final Directive<Boolean> HEARTBEAT =
      row("heartbeat", GLOBAL, BOOL, "0", "1999").idle("backup_active decides");
  static final Directive<Integer> HEARTBEAT_PORT =
      row("heartbeat_port", GLOBAL, new PortType(1), "539", "1999")
          .used("UDP port of the heartbeats on both directors", 539);
  static final Directive<Duration> KEEPALIVE =
      row(
              "keepalive",
              GLOBAL,
              new DurationType(Duration.ofMillis(1), Duration.ofHours(1), MICRO),
              "2s; 100ms when deadtime is not given either",
              "1999")
          .used("time between two heartbeats");
  static final Directive<Duration> DEADTIME =
      row(
              "deadtime",
              GLOBAL,
              new DurationType(Duration.ofMillis(1), Duration.ofHours(24), MICRO),
              "5s; 750ms when keepalive is not given either",
              "1999")
          .used("silence on every link after which the partner is dead; no multiple of keepalive");
  static final Directive<List<IpAddress>> PING_TARGET =
      row("ping_target", GLOBAL, new AddressListType(), "none", OURS)
          .used("addresses that a director reaches unless it is cut off, such as the gateway");
  static final Directive<MaybePort> WITNESS =
      row("witness", GLOBAL, new MaybePortType(), "none; port is heartbeat_port", OURS)
          .used("a third machine that both directors ask when they cannot hear each other");
  static final Directive<Failback> FAILBACK =
      row(
              "failback",
              GLOBAL,
              new KeywordType<>(choice("none", Failback.NONE, "synced", Failback.SYNCED), Map.of()),
              "none",
              OURS)
          .used(
              "whether a primary that returns becomes active, once it has the connections",
              Failback.NONE);
  static final Directive<Boolean> SYNC =
      row("sync", GLOBAL, BOOL, "0", "1999").dead("nothing was ever synchronized by it", "0");
  static final Directive<ForwardingMethod> NETWORK =
      row("network", GLOBAL, METHOD, "nat", "1999")
          .used("how packets reach the real servers", ForwardingMethod.NAT);
  static final Directive<OnDevice> NAT_ROUTER =
      row("nat_router", GLOBAL, ON_DEVICE, "", "1999")
          .used("the real servers' gateway; the active director holds it");
  static final Directive<Mask> NAT_NMASK =
      row("nat_nmask", GLOBAL, MASK, "the address alone", "2000").used("mask of nat_router");
  static final Directive<String> RESERVATION_CONFLICT_ACTION =
      row(
              "reservation_conflict_action",
              GLOBAL,
              new KeywordType<>(choice("nothing", "nothing", "preempt", "preempt"), Map.of()),
              "",
              "2001")
          .later("what to do about a SCSI reservation", "nothing");
  static final Directive<String> DEBUG_LEVEL =
      row("debug_level", GLOBAL, TEXT, "NONE", "2000")
          .dead("log.level of director.conf decides", "NONE");
  static final Directive<String> DEBUG =
      row("debug", GLOBAL, TEXT, "NONE", "2000").oldName("what the man page calls debug_level");
  static final Directive<String> ACTIVE_CMD =
      row("active_cmd", GLOBAL, COMMAND, "", "2004").used("run when this director becomes active");
  static final Directive<String> INACTIVE_CMD =
      row("inactive_cmd", GLOBAL, COMMAND, "", "2004").used("run when it stops being active");
  static final Directive<Boolean> MONITOR_LINKS =
      row("monitor_links", GLOBAL, SWITCH, "0", "2005")
          .used(
              "whether a director whose virtual addresses have no carrier gives way to the other",
              false);
  static final Directive<Boolean> SYNCDAEMON =
      row("syncdaemon", GLOBAL, BOOL, "0", "2006")
          .used("whether connections are synchronized to the standby; engine ipvs", false);
  static final Directive<String> SYNCD_IFACE =
      row("syncd_iface", GLOBAL, new DeviceType(), "eth0", "2012")
          .used("the interface of connection sync, with an IPv4 address on both directors");
  static final Directive<Long> SYNCD_ID =
      row("syncd_id", GLOBAL, new IntType(0, 255), "0", "2012")
          .used("tells apart pairs that share a network, 0 to 255; 0 takes from every pair");
  static final Directive<Duration> TCP_TIMEOUT =
      row("tcp_timeout", GLOBAL, new DurationType(Duration.ZERO, LONGEST, SECOND), "0", "2012")
          .used("life of an idle TCP connection; 0 is the engine's default");
  static final Directive<Duration> TCPFIN_TIMEOUT =
      row("tcpfin_timeout", GLOBAL, new DurationType(Duration.ZERO, LONGEST, SECOND), "0", "2012")
          .used("life of a TCP connection after FIN; 0 is the engine's default");
  static final Directive<Duration> UDP_TIMEOUT =
      row("udp_timeout", GLOBAL, new DurationType(Duration.ZERO, LONGEST, SECOND), "0", "2012")
          .used("life of an idle UDP flow; 0 is the engine's default");
  static final Directive<String> NOTIFY =
      row("notify", GLOBAL_AND_VIRTUAL, COMMAND, "", OURS)
          .used("run at each change: of the role (top level), of a server (virtual)");
  static final Directive<Boolean> HARD_SHUTDOWN =
      row("hard_shutdown", GLOBAL, BOOL, "1", "2012")
          .idle("a check that dies never stops the service here");
  static final Directive<String> IPVSADM =
      row("ipvsadm", GLOBAL, TEXT, "", "1999").idle("the kernel is spoken to without a program");

  // Virtual and failover blocks.

  static final Directive<Boolean> ACTIVE =
      row("active", SERVICE, BOOL, "0", "1999").used("whether the block counts", false);
  static final Directive<OnDevice> ADDRESS =
      row("address", SERVICE, ON_DEVICE, "", "1999")
          .used("the address that the active director holds, and its alias device; needed");
  static final Directive<MaybePort> SORRY_SERVER =
      row("sorry_server", SERVICE, new MaybePortType(), "port of the virtual", "2007")
          .used("where connections go when no server is up");
  static final Directive<Mask> VIP_NMASK =
      row("vip_nmask", SERVICE, MASK, "the address alone", "2000").used("mask of the address");
  static final Directive<Long> FWMARK =
      row("fwmark", SERVICE, new IntType(0, 0xffff_ffffL), "0", "2001")
          .used("serve packets with this firewall mark, whatever their address and port", 0L);
  static final Directive<Integer> PORT =
      row("port", SERVICE, new PortType(0), "80", "1999")
          .used("port of the service, and of the servers that follow; 0 is every port", 80);
  static final Directive<Duration> PERSISTENT =
      row("persistent", SERVICE, new DurationType(Duration.ZERO, LONGEST, SECOND), "0", "1999")
          .used("how long a client sticks to its server; 0 is not at all", Duration.ZERO);
  static final Directive<Mask> PMASK =
      row("pmask", SERVICE, MASK, "255.255.255.255", "2000")
          .used("clients that agree in these bits stick together");
  static final Directive<Token> SEND =
      row("send", SERVICE, PAYLOAD, "", "2000").used("what a check sends, see above");
  static final Directive<Token> EXPECT =
      row("expect", SERVICE, PAYLOAD, "", "2000").used("how the answer begins; * is any answer");
  static final Directive<Boolean> USE_REGEX =
      row("use_regex", SERVICE, BOOL, "0", "2002")
          .used("whether expect is an extended regular expression", false);
  static final Directive<CheckKind> CHECK =
      row(
              "check",
              SERVICE,
              new KeywordType<>(checkKinds(), Map.of()),
              "by send, expect and port",
              OURS)
          .used("what a check does, see below");
  static final Directive<Integer> CHECK_PORT =
      row("check_port", SERVICE, new PortType(1), "that of the server", OURS)
          .used("the port that is checked");
  static final Directive<String> CHECK_PATH =
      row("check_path", SERVICE, new PathType(), "/", OURS).used("the page that is asked for", "/");
  static final Directive<String> CHECK_METHOD =
      row(
              "check_method",
              SERVICE,
              new KeywordType<>(choice("get", "GET", "head", "HEAD"), Map.of()),
              "get",
              OURS)
          .used("how the page is asked for", "GET");
  static final Directive<String> CHECK_HOST =
      row("check_host", SERVICE, new NameType("host name"), "the virtual address", OURS)
          .used("the Host header");
  static final Directive<StatusRange> CHECK_STATUS =
      row("check_status", SERVICE, new StatusType(), "200-399", OURS)
          .used("the answers that are good", new StatusRange(200, 399));
  static final Directive<Token> CHECK_BODY =
      row("check_body", SERVICE, PAYLOAD, "", OURS).used("text that the page contains");
  static final Directive<String> CHECK_TLS_NAME =
      row("check_tls_name", SERVICE, new NameType("host name"), "check_host", OURS)
          .used("the name asked for in the TLS handshake (SNI)");
  static final Directive<Boolean> CHECK_TLS_VERIFY =
      row("check_tls_verify", SERVICE, BOOL, "0", OURS)
          .used("whether the certificate must be valid for that name", false);
  static final Directive<String> CHECK_HELO =
      row("check_helo", SERVICE, new NameType("host name"), "localhost", OURS)
          .used("how the check calls itself in EHLO", "localhost");
  static final Directive<String> CHECK_QUERY =
      row("check_query", SERVICE, new NameType("domain name"), ".", OURS)
          .used("the name that a DNS server is asked for", ".");
  static final Directive<String> CHECK_QUERY_TYPE =
      row("check_query_type", SERVICE, new KeywordType<>(queryTypes(), Map.of()), "soa", OURS)
          .used("the type of record that it is asked for", "SOA");
  static final Directive<String> SEND_PROGRAM =
      row("send_program", SERVICE, COMMAND, "", "2001")
          .used("a program that checks a server; %h and %p are its address and port");
  static final Directive<String> EXPECT_PROGRAM =
      row("expect_program", SERVICE, COMMAND, "", "2001").guiOnly("ignored");
  static final Directive<String> LOAD_MONITOR =
      row(
              "load_monitor",
              SERVICE,
              new KeywordType<>(
                  choice("none", "none", "rup", "rup", "ruptime", "ruptime", "uptime", "uptime"),
                  Map.of()),
              "none",
              "1999")
          .later("adapts weights to the servers' load", "none");
  static final Directive<SchedulerName> SCHEDULER =
      row(
              "scheduler",
              SERVICE,
              new KeywordType<>(schedulers(), Map.of("pcc", "it is called lc since 2000")),
              "wlc",
              "1999")
          .used("how a server is chosen", SchedulerName.WLC);
  static final Directive<Set<SchedulerFlag>> SCHEDULER_FLAGS =
      row("scheduler_flags", VIRTUAL, new FlagsType(), "none", OURS)
          .used("what sh and mh do besides", Set.of());
  static final Directive<Boolean> ONE_PACKET =
      row("one_packet", VIRTUAL, BOOL, "0", OURS)
          .used("whether each UDP datagram is scheduled by itself", false);
  static final Directive<Long> QUORUM =
      row("quorum", VIRTUAL, new IntType(1, INT_MAX), "1", OURS)
          .used("weight that must be up for the service to count as working; notify tells", 1L);
  static final Directive<Long> HYSTERESIS =
      row("hysteresis", VIRTUAL, new IntType(0, INT_MAX), "0", OURS)
          .used("how far beyond the quorum the weight must go before the verdict changes", 0L);
  static final Directive<Tunnel.Type> TUNNEL_TYPE =
      row("tunnel_type", VIRTUAL_AND_SERVER, new KeywordType<>(tunnels(), Map.of()), "ipip", OURS)
          .used("how network = tunnel wraps packets", Tunnel.Type.IPIP);
  static final Directive<Integer> TUNNEL_PORT =
      row("tunnel_port", VIRTUAL_AND_SERVER, new PortType(1), "", OURS)
          .used("the servers' UDP port for tunnel_type = gue; needed there");
  static final Directive<Tunnel.Checksum> TUNNEL_CHECKSUM =
      row(
              "tunnel_checksum",
              VIRTUAL_AND_SERVER,
              new KeywordType<>(tunnelChecksums(), Map.of()),
              "none",
              OURS)
          .used(
              "the checksum of the outer header: full with gre and gue, remote with gue",
              Tunnel.Checksum.NONE);
  static final Directive<ForwardingMethod> VIRTUAL_NETWORK =
      row("network", VIRTUAL, METHOD, "that of the top level", OURS)
          .used("how packets reach the servers of this block");
  static final Directive<Protocol> PROTOCOL =
      row(
              "protocol",
              SERVICE,
              new KeywordType<>(
                  choice("tcp", Protocol.TCP, "udp", Protocol.UDP, "sctp", Protocol.SCTP),
                  Map.of()),
              "tcp",
              "2000")
          .used("transport protocol", Protocol.TCP);
  static final Directive<Duration> TIMEOUT =
      row("timeout", SERVICE, new DurationType(Duration.ofMillis(1), LONGEST, MICRO), "10s", "1999")
          .used("how long a check may take, and its interval", Duration.ofSeconds(10));
  static final Directive<Duration> INTERVAL =
      row(
              "interval",
              SERVICE,
              new DurationType(Duration.ofMillis(10), LONGEST, MICRO),
              "timeout",
              OURS)
          .used("time between the starts of two checks of a server");
  static final Directive<Duration> REENTRY =
      row("reentry", SERVICE, new DurationType(Duration.ZERO, LONGEST, MICRO), "180s", "1999")
          .used("how long a failed server must look well before it returns", Duration.ofMinutes(3));
  static final Directive<Long> RISE =
      row("rise", SERVICE, new IntType(1, 1_000_000), "reentry / interval, at least 1", OURS)
          .used("good checks in a row after which a failed server returns");
  static final Directive<Long> FALL =
      row("fall", SERVICE, new IntType(1, 1_000_000), "1", OURS)
          .used("bad checks in a row after which a server leaves", 1L);
  static final Directive<Boolean> QUIESCE_SERVER =
      row("quiesce_server", SERVICE, BOOL, "0", "2001")
          .used("whether a failed server keeps its connections", false);
  static final Directive<String> START_CMD =
      row("start_cmd", FAILOVER, COMMAND, "", "2000").used("starts the service; needed");
  static final Directive<String> STOP_CMD =
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
      row("heartbeat", EnumSet.of(Scope.FAILOVER), BOOL, "", "2000").guiOnly("ignored");

  // Server blocks.

  static final Directive<IpAddress> SERVER_ADDRESS =
      row("address", SERVER, ANY_ADDRESS, "", "1999").used("address of the real server; needed");
  static final Directive<Mask> SERVER_NMASK =
      row("nmask", SERVER, MASK, "", "2000").guiOnly("ignored");
  static final Directive<Boolean> SERVER_ACTIVE =
      row("active", SERVER, BOOL, "0", "1999").used("whether the block counts", false);
  static final Directive<Integer> SERVER_PORT =
      row("port", SERVER, new PortType(1), "that of the virtual, as given above", "2006")
          .used("its port; direct routing and tunnelling cannot change it");
  static final Directive<Long> WEIGHT =
      row("weight", SERVER, new IntType(0, 65535), "1", "1999")
          .used("its share of the connections; 0 gets no new ones", 1L);
  static final Directive<ForwardingMethod> SERVER_NETWORK =
      row("network", SERVER, METHOD, "that of the virtual", OURS).used("how packets reach it");
  static final Directive<Long> UPPER_THRESHOLD =
      row("upper_threshold", SERVER, new IntType(0, INT_MAX), "0", OURS)
          .used("connections from which on it gets no new one; 0 is no limit", 0L);
  static final Directive<Long> LOWER_THRESHOLD =
      row("lower_threshold", SERVER, new IntType(0, INT_MAX), "0", OURS)
          .used("connections below which it gets new ones again; 0 is 3/4 of the upper one", 0L);

  // Link blocks.

  static final Directive<IpAddress> LINK_PRIMARY =
      row("primary", LINK, DIRECTOR, "", OURS).used("the primary's address on the link; needed");
  static final Directive<IpAddress> LINK_BACKUP =
      row("backup", LINK, DIRECTOR, "", OURS).used("the backup's address on the link; needed");

  private static final Map<Scope, Map<String, Directive<?>>> BY_SCOPE = index();

  /** Every row, in the order of the reference page. */
  static List<Directive<?>> rows() {
    return List.copyOf(ROWS);
  }

  /** The directive of a name in a block, or null. */
  static @Nullable Directive<?> find(Scope scope, String word) {
    return in(scope).get(word);
  }

  /** The names that may stand in a block. */
  static Collection<String> words(Scope scope) {
    return in(scope).keySet();
  }

  /** Where a name may stand; empty for an unknown one. */
  static Set<Scope> scopesOf(String word) {
    var scopes = EnumSet.noneOf(Scope.class);
    for (var scope : Scope.values()) {
      if (in(scope).containsKey(word)) {
        scopes.add(scope);
      }
    }
    return scopes;
  }

  /** Whether a name is a directive anywhere. */
  static boolean isKnown(String word) {
    return BY_SCOPE.values().stream().anyMatch(rows -> rows.containsKey(word));
  }

  private static Map<String, Directive<?>> in(Scope scope) {
    return BY_SCOPE.getOrDefault(scope, Map.of());
  }

  private static Map<Scope, Map<String, Directive<?>>> index() {
    var byScope = new EnumMap<Scope, Map<String, Directive<?>>>(Scope.class);
    for (var row : ROWS) {
      for (var scope : row.scopes()) {
        var twin = byScope.computeIfAbsent(scope, _ -> new LinkedHashMap<>()).put(row.word(), row);
        if (twin != null) {
          throw new IllegalStateException("two rows for " + row.word());
        }
      }
    }
    return byScope;
  }

  private static <T> CatalogueRow<T> row(
      String word, Set<Scope> scopes, ValueType<T> type, String presetText, String since) {
    return new CatalogueRow<>(word, scopes, type, presetText, since, ROWS);
  }
}
