// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.FailoverService;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.ServiceKey.ByAddress;
import org.lvsdirector.config.ServiceKey.ByMark;
import org.lvsdirector.config.Tunnel;
import org.lvsdirector.config.Unused;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.VirtualService.RealServer;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.catalogue.GlobalDirectives;
import org.lvsdirector.config.lvscf.catalogue.LinkDirectives;
import org.lvsdirector.config.lvscf.catalogue.ServerDirectives;
import org.lvsdirector.config.lvscf.catalogue.ServiceDirectives;
import org.lvsdirector.config.lvscf.catalogue.ServiceKind;
import org.lvsdirector.config.lvscf.check.CheckDirectives;
import org.lvsdirector.config.lvscf.check.CheckKind;
import org.lvsdirector.config.lvscf.directive.AddressTypes.Mask;
import org.lvsdirector.config.lvscf.directive.AddressTypes.MaybePort;
import org.lvsdirector.config.lvscf.directive.AddressTypes.OnDevice;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.syntax.Scope;

/**
 * Writes a {@link Config} as lvs.cf in canonical form.
 *
 * <p>Reading the text gives the same configuration again, with what does not count in it. Comments,
 * and directives without any effect, are not part of a configuration and are not written.
 */
public final class LvsCfPrinter {
  private static final int DIGEST_CHARS = 16;
  private static final String PRIVATE = "private";

  private final ConfigSink sink;

  private LvsCfPrinter(ConfigSink sink) {
    this.sink = sink;
  }

  /**
   * The canonical text.
   *
   * @throws IllegalArgumentException for a configuration that no lvs.cf can express
   */
  public static String print(Config config) {
    var text = new ConfigSink.Text();
    print(config, text);
    return text.toString();
  }

  static void print(Config config, ConfigSink sink) {
    print(config, config.unused(), sink);
  }

  /** Prints a configuration with this for what does not count in it. */
  private static void print(Config config, Unused unused, ConfigSink sink) {
    var printer = new LvsCfPrinter(sink);
    if (!config.failovers().isEmpty()) {
      printer.line(GlobalDirectives.SERVICE_KIND, ServiceKind.FOS);
    }
    printer.pair(config.pair());
    printer.global(config.global());
    printer.settings(Scope.GLOBAL, unused.top());
    config.pair().links().stream().skip(1).forEach(printer::link);
    for (var i = 0; i < config.services().size(); i++) {
      printer.service(config.services().get(i), unused.ofService(i));
    }
    config.failovers().forEach(printer::failover);
    unused.top().blocks().forEach(printer::unused);
  }

  private void settings(Scope scope, Unused.Part part) {
    for (var setting : part.settings()) {
      var directive = Catalogue.find(scope, setting.name());
      if (directive == null) {
        throw new IllegalArgumentException("no directive " + setting.name());
      }
      written(directive, setting.value());
    }
  }

  private void unused(Unused.Block block) {
    var scope = Scope.opening(block.kind());
    if (scope == null) {
      throw new IllegalArgumentException("no block " + block.kind());
    }
    sink.open(scope, block.name());
    settings(scope, block.content());
    block.content().blocks().forEach(this::unused);
    sink.close();
  }

  /** The same configuration with the digest of its canonical text, without what does not count. */
  static Config withDigest(Config config) {
    var text = new ConfigSink.Text();
    print(config, Unused.NONE, text);
    return config.withDigest(digest(text.toString()));
  }

  private static String digest(String canonical) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      var hash = sha256.digest(canonical.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGEST_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private <T> void line(Directive<T> directive, T value) {
    written(directive, directive.type().print(value));
  }

  private void written(Directive<?> directive, String value) {
    sink.line(directive, value);
  }

  private void text(Directive<String> directive, @Nullable String value) {
    if (value != null) {
      line(directive, value);
    }
  }

  private void pair(Pair pair) {
    var isFirst = true;
    for (var link : pair.links()) {
      if (isFirst || link.name().equals(PRIVATE)) {
        line(isFirst ? GlobalDirectives.PRIMARY : GlobalDirectives.PRIMARY_PRIVATE, link.primary());
        line(isFirst ? GlobalDirectives.BACKUP : GlobalDirectives.BACKUP_PRIVATE, link.backup());
      }
      isFirst = false;
    }
    line(GlobalDirectives.BACKUP_ACTIVE, pair.isPaired());
    line(GlobalDirectives.HEARTBEAT_PORT, pair.heartbeatPort());
    line(GlobalDirectives.KEEPALIVE, pair.keepalive());
    line(GlobalDirectives.DEADTIME, pair.deadtime());
    var arbitration = pair.arbitration();
    if (!arbitration.pingTargets().isEmpty()) {
      line(GlobalDirectives.PING_TARGET, arbitration.pingTargets());
    }
    var witness = arbitration.witness();
    if (witness != null) {
      line(GlobalDirectives.WITNESS, new MaybePort(witness.address(), witness.port()));
    }
    line(GlobalDirectives.FAILBACK, arbitration.failback());
  }

  private void link(Pair.Link link) {
    if (!link.name().equals(PRIVATE)) {
      sink.open(Scope.LINK, link.name());
      line(LinkDirectives.LINK_PRIMARY, link.primary());
      line(LinkDirectives.LINK_BACKUP, link.backup());
      sink.close();
    }
  }

  private void global(GlobalSettings global) {
    var router = global.natRouter();
    if (router != null) {
      address(GlobalDirectives.NAT_ROUTER, GlobalDirectives.NAT_NMASK, router);
    }
    line(GlobalDirectives.TCP_TIMEOUT, global.tcpTimeout());
    line(GlobalDirectives.TCPFIN_TIMEOUT, global.tcpFinTimeout());
    line(GlobalDirectives.UDP_TIMEOUT, global.udpTimeout());
    line(GlobalDirectives.MONITOR_LINKS, global.isMonitoringLinks());
    var sync = global.connectionSync();
    if (sync != null) {
      line(GlobalDirectives.SYNCDAEMON, true);
      line(GlobalDirectives.SYNCD_IFACE, sync.device());
      line(GlobalDirectives.SYNCD_ID, (long) sync.id());
    }
    text(GlobalDirectives.ACTIVE_CMD, global.commands().active());
    text(GlobalDirectives.INACTIVE_CMD, global.commands().inactive());
    text(GlobalDirectives.NOTIFY, global.commands().change());
  }

  private void address(Directive<OnDevice> where, Directive<Mask> mask, VirtualAddress address) {
    line(where, new OnDevice(address.address(), address.label()));
    line(mask, Mask.of(address.address().family(), address.prefix()));
  }

  private void service(VirtualService service, Unused.InService unused) {
    sink.open(Scope.VIRTUAL, service.name());
    line(ServiceDirectives.ACTIVE, true);
    address(ServiceDirectives.ADDRESS, ServiceDirectives.VIP_NMASK, service.address());
    key(service);
    line(ServiceDirectives.SCHEDULER, service.forwarding().scheduler());
    if (!service.forwarding().schedulerFlags().isEmpty()) {
      line(ServiceDirectives.SCHEDULER_FLAGS, service.forwarding().schedulerFlags());
    }
    persistence(service);
    var sorry = service.forwarding().sorryServer();
    if (sorry != null) {
      line(ServiceDirectives.SORRY_SERVER, new MaybePort(sorry.address(), sorry.port()));
    }
    line(ServiceDirectives.QUIESCE_SERVER, service.forwarding().isQuiescing());
    line(ServiceDirectives.ONE_PACKET, service.forwarding().isOnePacket());
    line(ServiceDirectives.QUORUM, (long) service.monitoring().quorum().weight());
    line(ServiceDirectives.HYSTERESIS, (long) service.monitoring().quorum().hysteresis());
    text(GlobalDirectives.NOTIFY, service.monitoring().notifyCommand());
    check(service.check());
    settings(Scope.VIRTUAL, unused.content());
    service.servers().forEach(this::server);
    unused.content().blocks().forEach(this::unused);
    sink.close();
    if (unused.later().isEmpty() || sink.wantsPresets()) {
      more(service, unused.later());
    } else {
      unused.later().forEach(this::unused);
    }
  }

  private void key(VirtualService service) {
    switch (service.key()) {
      case ByAddress key -> {
        if (sink.wantsPresets()) {
          line(ServiceDirectives.FWMARK, 0L);
        }
        line(ServiceDirectives.PROTOCOL, key.protocol());
        line(ServiceDirectives.PORT, key.virtual().port());
      }
      case ByMark key -> {
        line(ServiceDirectives.FWMARK, Integer.toUnsignedLong(key.mark()));
        if (service.servers().stream().anyMatch(server -> server.endpoint().port() == 0)) {
          line(ServiceDirectives.PORT, 0);
        }
      }
    }
  }

  private void persistence(VirtualService service) {
    var persistence = service.forwarding().persistence();
    if (persistence != null) {
      line(ServiceDirectives.PERSISTENT, persistence.timeout());
      line(
          ServiceDirectives.PMASK,
          Mask.of(service.address().address().family(), persistence.prefix()));
    } else if (sink.wantsPresets()) {
      line(ServiceDirectives.PERSISTENT, Duration.ZERO);
    }
  }

  private void check(CheckSettings settings) {
    CheckKind.lines(settings.check()).forEach(this::written);
    if (settings.port() != 0) {
      line(CheckDirectives.CHECK_PORT, settings.port());
    }
    line(CheckDirectives.INTERVAL, settings.interval());
    line(CheckDirectives.TIMEOUT, settings.timeout());
    line(CheckDirectives.RISE, (long) settings.rise());
    line(CheckDirectives.FALL, (long) settings.fall());
  }

  private void failover(FailoverService service) {
    sink.open(Scope.FAILOVER, service.name());
    line(ServiceDirectives.ACTIVE, true);
    address(ServiceDirectives.ADDRESS, ServiceDirectives.VIP_NMASK, service.address());
    line(ServiceDirectives.PROTOCOL, service.protocol());
    line(ServiceDirectives.PORT, service.port());
    check(service.check());
    line(ServiceDirectives.START_CMD, service.startCommand());
    line(ServiceDirectives.STOP_CMD, service.stopCommand());
    sink.close();
  }

  private void server(RealServer server) {
    sink.open(Scope.SERVER, server.name());
    line(ServerDirectives.SERVER_ACTIVE, true);
    line(ServerDirectives.SERVER_ADDRESS, server.endpoint().address());
    if (server.endpoint().port() != 0) {
      line(ServerDirectives.SERVER_PORT, server.endpoint().port());
    }
    line(ServerDirectives.SERVER_NETWORK, server.method());
    line(ServerDirectives.WEIGHT, (long) server.weight());
    line(ServerDirectives.UPPER_THRESHOLD, (long) server.upperThreshold());
    line(ServerDirectives.LOWER_THRESHOLD, (long) server.lowerThreshold());
    if (!server.tunnel().equals(Tunnel.IPIP)) {
      line(ServiceDirectives.TUNNEL_TYPE, server.tunnel().type());
    }
    if (server.tunnel().port() != 0) {
      line(ServiceDirectives.TUNNEL_PORT, server.tunnel().port());
    }
    if (server.tunnel().checksum() != Tunnel.Checksum.NONE) {
      line(ServiceDirectives.TUNNEL_CHECKSUM, server.tunnel().checksum());
    }
    sink.close();
  }

  /** Blocks that only add an address to a firewall mark. */
  private void more(VirtualService service, List<Unused.Block> later) {
    for (var i = 0; i < service.identity().moreAddresses().size(); i++) {
      var more = service.identity().moreAddresses().get(i);
      sink.open(Scope.VIRTUAL, later.isEmpty() ? service.name() : later.get(i).name());
      line(ServiceDirectives.ACTIVE, true);
      address(ServiceDirectives.ADDRESS, ServiceDirectives.VIP_NMASK, more);
      key(service);
      CheckKind.lines(new Check.None()).forEach(this::written);
      sink.close();
    }
  }
}
