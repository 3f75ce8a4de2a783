package org.lvsdirector.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.lvsdirector.config.AddressTypes.Mask;
import org.lvsdirector.config.AddressTypes.MaybePort;
import org.lvsdirector.config.AddressTypes.OnDevice;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.ServiceKey.ByAddress;
import org.lvsdirector.config.ServiceKey.ByMark;
import org.lvsdirector.config.VirtualService.RealServer;
import org.lvsdirector.config.VirtualService.VirtualAddress;

/**
 * Writes a {@link Config} as lvs.cf in canonical form.
 *
 * <p>Reading the text gives the same configuration again. What is not active, and comments, are not
 * part of a configuration and are not written.
 */
public final class LvsCfPrinter {
  private static final int DIGEST_CHARS = 16;

  private final StringBuilder text = new StringBuilder();
  private String indent = "";

  private LvsCfPrinter() {}

  /**
   * The canonical text.
   *
   * @throws IllegalArgumentException for a configuration that no lvs.cf can express
   */
  public static String print(Config config) {
    var printer = new LvsCfPrinter();
    printer.pair(config.pair());
    printer.global(config.global());
    config.services().forEach(printer::service);
    return printer.text.toString();
  }

  /** The same configuration with the digest of its canonical text. */
  static Config withDigest(Config config) {
    return new Config(config.pair(), config.services(), config.global(), digest(print(config)));
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
    line(directive, directive.type().print(value));
  }

  private void line(Directive<?> directive, String value) {
    text.append(indent).append(directive.word()).append(" = ").append(value).append('\n');
  }

  private void open(Scope scope, String name) {
    text.append(indent).append(scope.word()).append(' ');
    text.append(Quoting.quoted(name)).append(" {\n");
    indent += "\t";
  }

  private void close() {
    indent = indent.substring(1);
    text.append(indent).append("}\n");
  }

  private void pair(Pair pair) {
    var isFirst = true;
    for (var link : pair.links()) {
      line(isFirst ? Catalogue.PRIMARY : Catalogue.PRIMARY_PRIVATE, link.primary());
      line(isFirst ? Catalogue.BACKUP : Catalogue.BACKUP_PRIVATE, link.backup());
      isFirst = false;
    }
    line(Catalogue.BACKUP_ACTIVE, pair.isPaired());
    line(Catalogue.HEARTBEAT_PORT, pair.heartbeatPort());
    line(Catalogue.KEEPALIVE, pair.keepalive());
    line(Catalogue.DEADTIME, pair.deadtime());
  }

  private void global(GlobalSettings global) {
    var router = global.natRouter();
    if (router != null) {
      address(Catalogue.NAT_ROUTER, Catalogue.NAT_NMASK, router);
    }
    line(Catalogue.TCP_TIMEOUT, global.tcpTimeout());
    line(Catalogue.TCPFIN_TIMEOUT, global.tcpFinTimeout());
    line(Catalogue.UDP_TIMEOUT, global.udpTimeout());
  }

  private void address(Directive<OnDevice> where, Directive<Mask> mask, VirtualAddress address) {
    line(where, new OnDevice(address.address(), address.label()));
    line(mask, Mask.of(address.address().family(), address.prefix()));
  }

  private void service(VirtualService service) {
    text.append('\n');
    open(Scope.VIRTUAL, service.name());
    line(Catalogue.ACTIVE, true);
    address(Catalogue.ADDRESS, Catalogue.VIP_NMASK, service.address());
    key(service);
    line(Catalogue.SCHEDULER, service.scheduler());
    if (!service.schedulerFlags().isEmpty()) {
      line(Catalogue.SCHEDULER_FLAGS, service.schedulerFlags());
    }
    persistence(service);
    var sorry = service.sorryServer();
    if (sorry != null) {
      line(Catalogue.SORRY_SERVER, new MaybePort(sorry.address(), sorry.port()));
    }
    line(Catalogue.QUIESCE_SERVER, service.isQuiescing());
    check(service.check());
    service.servers().forEach(this::server);
    close();
    more(service);
  }

  private void key(VirtualService service) {
    switch (service.key()) {
      case ByAddress key -> {
        line(Catalogue.PROTOCOL, key.protocol());
        line(Catalogue.PORT, key.virtual().port());
      }
      case ByMark key -> {
        line(Catalogue.FWMARK, Integer.toUnsignedLong(key.mark()));
        if (service.servers().stream().anyMatch(server -> server.endpoint().port() == 0)) {
          line(Catalogue.PORT, 0);
        }
        if (service.check().check() instanceof Check.SendExpect check) {
          line(Catalogue.PROTOCOL, check.protocol());
        }
      }
    }
  }

  private void persistence(VirtualService service) {
    var persistence = service.persistence();
    if (persistence != null) {
      line(Catalogue.PERSISTENT, persistence.timeout());
      line(Catalogue.PMASK, Mask.of(service.address().address().family(), persistence.prefix()));
    }
  }

  private void check(CheckSettings settings) {
    switch (settings.check()) {
      case Check.Connect _ -> line(Catalogue.CHECK, Catalogue.CheckKind.TCP);
      case Check.None _ -> line(Catalogue.CHECK, Catalogue.CheckKind.NONE);
      case Check.SendExpect check -> {
        if (!check.send().isEmpty()) {
          line(Catalogue.SEND, Escapes.encode(check.send()));
        }
        expect(check.expect());
      }
    }
    line(Catalogue.INTERVAL, settings.interval());
    line(Catalogue.TIMEOUT, settings.timeout());
    line(Catalogue.RISE, (long) settings.rise());
    line(Catalogue.FALL, (long) settings.fall());
  }

  private void expect(Expect expect) {
    switch (expect) {
      case Expect.Nothing _ -> {}
      case Expect.Anything _ -> line(Catalogue.EXPECT, "\"*\"");
      case Expect.Prefix prefix -> line(Catalogue.EXPECT, Escapes.encode(prefix.text()));
      case Expect.Regex regex -> {
        line(Catalogue.EXPECT, Escapes.encode(regex.regex()));
        line(Catalogue.USE_REGEX, true);
      }
    }
  }

  private void server(RealServer server) {
    open(Scope.SERVER, server.name());
    line(Catalogue.SERVER_ACTIVE, true);
    line(Catalogue.SERVER_ADDRESS, server.endpoint().address());
    if (server.endpoint().port() != 0) {
      line(Catalogue.SERVER_PORT, server.endpoint().port());
    }
    line(Catalogue.SERVER_NETWORK, server.method());
    line(Catalogue.WEIGHT, (long) server.weight());
    line(Catalogue.UPPER_THRESHOLD, (long) server.upperThreshold());
    line(Catalogue.LOWER_THRESHOLD, (long) server.lowerThreshold());
    close();
  }

  /** Blocks that only add an address to a firewall mark. */
  private void more(VirtualService service) {
    for (var more : service.moreAddresses()) {
      text.append('\n');
      open(Scope.VIRTUAL, service.name());
      line(Catalogue.ACTIVE, true);
      address(Catalogue.ADDRESS, Catalogue.VIP_NMASK, more);
      key(service);
      line(Catalogue.CHECK, Catalogue.CheckKind.NONE);
      close();
    }
  }
}
