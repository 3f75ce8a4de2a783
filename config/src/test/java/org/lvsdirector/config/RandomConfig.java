package org.lvsdirector.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.CheckSettings.Expect;
import org.lvsdirector.config.VirtualService.Persistence;
import org.lvsdirector.config.VirtualService.RealServer;
import org.lvsdirector.config.VirtualService.VirtualAddress;

/** Configurations that an lvs.cf can express, the same for the same seed. */
final class RandomConfig {
  private static final String NAME_CHARS = "abzAZ09._- #'{}=[]\u00e9\\";
  private final Random random;

  RandomConfig(int seed) {
    random = new Random(seed);
  }

  Config config() {
    var isIpv4 = random.nextInt(3) > 0;
    var services = new ArrayList<VirtualService>();
    var count = random.nextInt(5);
    for (var i = 0; i < count; i++) {
      services.add(service(i));
    }
    return new Config(pair(isIpv4), services, global(isIpv4), "");
  }

  private Pair pair(boolean isIpv4) {
    var isPaired = random.nextBoolean();
    var links = new ArrayList<Pair.Link>();
    var none = IpAddress.of(isIpv4 ? "0.0.0.0" : "::");
    links.add(
        new Pair.Link("public", address(isIpv4, 1, 1), isPaired ? address(isIpv4, 1, 2) : none));
    if (isPaired && random.nextBoolean()) {
      links.add(new Pair.Link("private", address(isIpv4, 2, 1), address(isIpv4, 2, 2)));
    }
    var keepalive = Duration.ofMillis(1 + random.nextInt(3000));
    var deadtime = keepalive.plus(micros(3_000_000));
    return new Pair(isPaired, links, 1 + random.nextInt(65535), keepalive, deadtime);
  }

  private Duration micros(int max) {
    return Duration.ofNanos(1000L * (1 + random.nextInt(max)));
  }

  private GlobalSettings global(boolean isIpv4) {
    return new GlobalSettings(
        random.nextBoolean() ? null : virtualAddress(address(isIpv4, 3, 1), 0),
        Duration.ofSeconds(random.nextInt(3) * 450L),
        Duration.ofSeconds(random.nextInt(2)),
        Duration.ZERO);
  }

  private IpAddress address(boolean isIpv4, int network, int host) {
    return IpAddress.of(
        isIpv4 ? "10.0." + network + "." + host : "2001:db8:" + network + "::" + host);
  }

  private VirtualAddress virtualAddress(IpAddress address, int number) {
    var device = random.nextBoolean() ? "eth0" : "bond0.12";
    var label = random.nextBoolean() ? device : device + ":" + number;
    return new VirtualAddress(address, 1 + random.nextInt(address.family().bits()), device, label);
  }

  private VirtualService service(int number) {
    var isIpv4 = random.nextInt(3) > 0;
    var protocol = random.nextInt(4) == 0 ? Protocol.UDP : Protocol.TCP;
    var address = virtualAddress(address(isIpv4, 10 + number, 1), number);
    var persistence = persistence(isIpv4);
    var check = check(protocol);
    var mayBeEveryPort = persistence != null && check.check() instanceof Check.None;
    var port = mayBeEveryPort && random.nextBoolean() ? 0 : 1 + random.nextInt(65535);
    var key =
        random.nextInt(4) == 0
            ? new ServiceKey.ByMark(
                1 + number + (random.nextInt() << 8), address.address().family())
            : new ServiceKey.ByAddress(protocol, new Endpoint(address.address(), port));
    return new VirtualService(
        name(),
        key,
        address,
        oneOf(SchedulerName.values()),
        flags(),
        persistence,
        random.nextInt(3) > 0 ? null : new Endpoint(address(isIpv4, 99, 9), 8080),
        random.nextBoolean(),
        check,
        servers(isIpv4, port));
  }

  private <E> E oneOf(E[] all) {
    return all[random.nextInt(all.length)];
  }

  private String name() {
    var length = 1 + random.nextInt(8);
    var name = new StringBuilder();
    for (var i = 0; i < length; i++) {
      name.append(NAME_CHARS.charAt(random.nextInt(NAME_CHARS.length())));
    }
    return name.toString();
  }

  private Set<SchedulerFlag> flags() {
    return switch (random.nextInt(4)) {
      case 0 -> Set.of(SchedulerFlag.PORT);
      case 1 -> Set.of(SchedulerFlag.PORT, SchedulerFlag.FALLBACK);
      default -> Set.of();
    };
  }

  private @Nullable Persistence persistence(boolean isIpv4) {
    return random.nextBoolean()
        ? null
        : new Persistence(
            Duration.ofSeconds(1 + random.nextInt(3600)), random.nextInt(isIpv4 ? 33 : 129));
  }

  private CheckSettings check(Protocol protocol) {
    return new CheckSettings(
        what(protocol),
        Duration.ofMillis(10).plus(micros(5_000_000)),
        Duration.ofMillis(1 + random.nextInt(9000)),
        1 + random.nextInt(1000),
        1 + random.nextInt(10));
  }

  private Check what(Protocol protocol) {
    if (random.nextInt(4) == 0) {
      return new Check.None();
    }
    if (protocol == Protocol.UDP) {
      return new Check.SendExpect(protocol, bytes(), expect());
    }
    return switch (random.nextInt(4)) {
      case 0 -> new Check.Connect();
      case 1 -> new Check.SendExpect(protocol, bytes(), new Expect.Nothing());
      case 2 -> new Check.SendExpect(protocol, "", expect());
      default -> new Check.SendExpect(protocol, bytes(), expect());
    };
  }

  private Expect expect() {
    return switch (random.nextInt(3)) {
      case 0 -> new Expect.Anything();
      case 1 -> new Expect.Prefix("+" + bytes());
      default -> new Expect.Regex(PosixRegex.toJava(regex()));
    };
  }

  private String regex() {
    var regexes =
        List.of(
            "OK|ok",
            "[[:digit:]]+\\.\\d",
            "[]a[&&]*\r\n",
            "^HTTP/1\\.[01] (200|301)\\x41",
            "a\"b'c");
    return regexes.get(random.nextInt(regexes.size()));
  }

  private String bytes() {
    var length = 1 + random.nextInt(20);
    var bytes = new StringBuilder();
    for (var i = 0; i < length; i++) {
      bytes.append((char) random.nextInt(random.nextBoolean() ? 128 : 256));
    }
    return bytes.toString();
  }

  private List<RealServer> servers(boolean isIpv4, int servicePort) {
    var servers = new ArrayList<RealServer>();
    var count = random.nextInt(4);
    for (var i = 0; i < count; i++) {
      var method = oneOf(ForwardingMethod.values());
      var port =
          method == ForwardingMethod.NAT && servicePort != 0
              ? 1 + random.nextInt(65535)
              : servicePort;
      var upper = random.nextInt(100);
      servers.add(
          new RealServer(
              name(),
              new Endpoint(address(isIpv4, 200, i + 1), port),
              random.nextInt(65536),
              method,
              upper,
              random.nextInt(upper + 1)));
    }
    return servers;
  }
}
