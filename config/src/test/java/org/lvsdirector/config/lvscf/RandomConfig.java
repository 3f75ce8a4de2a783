// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Arbitration;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.Commands;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.ConnectionSync;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.Failback;
import org.lvsdirector.config.FailoverService;
import org.lvsdirector.config.ForwardingMethod;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.Quorum;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.SchedulerName;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.Tunnel;
import org.lvsdirector.config.Unused;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.VirtualService.Persistence;
import org.lvsdirector.config.VirtualService.RealServer;
import org.lvsdirector.config.VirtualService.VirtualAddress;

/** Configurations that an lvs.cf can express, the same for the same seed. */
final class RandomConfig {
  private static final String NAME_CHARS = "abzAZ09._- #'{}=[]\u00e9\\";
  private final Random random;
  private final RandomChecks checks;

  RandomConfig(int seed) {
    random = new Random(seed);
    checks = new RandomChecks(random);
  }

  Config config() {
    var isIpv4 = random.nextInt(3) > 0;
    var pair = pair(isIpv4);
    var global = global(isIpv4);
    var count = random.nextInt(5);
    if (random.nextInt(5) == 0) {
      var failovers = IntStream.rangeClosed(0, count).mapToObj(this::failover).toList();
      return new Config(pair, List.of(), global, failovers, Unused.NONE, "");
    }
    var services = IntStream.range(0, count).mapToObj(this::service).toList();
    return new Config(pair, services, global, List.of(), Unused.NONE, "");
  }

  private Pair pair(boolean isIpv4) {
    var isPaired = random.nextBoolean();
    var hasBackup = isPaired || random.nextBoolean();
    var links = new ArrayList<Pair.Link>();
    var none = IpAddress.of(isIpv4 ? "0.0.0.0" : "::");
    links.add(
        new Pair.Link("public", address(isIpv4, 1, 1), hasBackup ? address(isIpv4, 1, 2) : none));
    if (hasBackup && random.nextBoolean()) {
      links.add(new Pair.Link("private", address(isIpv4, 2, 1), address(isIpv4, 2, 2)));
    }
    var end = 3 + random.nextInt(4);
    for (var i = 3; i < end; i++) {
      var isOfFour = random.nextBoolean();
      links.add(new Pair.Link(i + name(), address(isOfFour, i, 101), address(isOfFour, i, 102)));
    }
    var keepalive = Duration.ofMillis(1 + random.nextInt(3000));
    var deadtime = keepalive.plus(Duration.ofNanos(1000L * (1 + random.nextInt(3_000_000))));
    var port = 1 + random.nextInt(65535);
    return new Pair(isPaired, links, port, keepalive, deadtime, arbitration());
  }

  private Arbitration arbitration() {
    var targets =
        IntStream.range(0, random.nextInt(4))
            .mapToObj(i -> address(random.nextBoolean(), 8, i + 1))
            .toList();
    var witness =
        random.nextBoolean()
            ? null
            : new Endpoint(address(random.nextBoolean(), 9, 9), 1 + random.nextInt(65535));
    return new Arbitration(targets, witness, oneOf(Failback.values()));
  }

  private GlobalSettings global(boolean isIpv4) {
    return new GlobalSettings(
        random.nextBoolean() ? null : virtualAddress(address(isIpv4, 3, 1), 0),
        Duration.ofSeconds(random.nextInt(3) * 450L),
        Duration.ofSeconds(random.nextInt(2)),
        Duration.ofSeconds(random.nextInt(2) * 3600L),
        random.nextBoolean(),
        random.nextBoolean() ? null : new ConnectionSync("eth" + random.nextInt(3), byteValue()),
        new Commands(maybeCommand(), maybeCommand(), maybeCommand()));
  }

  private int byteValue() {
    return random.nextInt(256);
  }

  private @Nullable String maybeCommand() {
    return random.nextBoolean() ? null : checks.command();
  }

  private static IpAddress address(boolean isIpv4, int network, int host) {
    return IpAddress.of(
        isIpv4 ? "10.0." + network + "." + host : "2001:db8:" + network + "::" + host);
  }

  private VirtualAddress virtualAddress(IpAddress address, int number) {
    var device = random.nextBoolean() ? "eth0" : "bond0.12";
    var label = random.nextBoolean() ? device : device + ":" + number;
    return new VirtualAddress(address, 1 + random.nextInt(address.family().bits()), device, label);
  }

  private FailoverService failover(int number) {
    var protocol = oneOf(Protocol.values());
    return new FailoverService(
        name(),
        virtualAddress(address(random.nextBoolean(), 10 + number, 1), number),
        protocol,
        1 + random.nextInt(65535),
        checks.settings(protocol),
        checks.command(),
        checks.command());
  }

  private VirtualService service(int number) {
    var isIpv4 = random.nextInt(3) > 0;
    var protocol = random.nextInt(3) > 0 ? Protocol.TCP : oneOf(Protocol.values());
    var address = virtualAddress(address(isIpv4, 10 + number, 1), number);
    var persistence = persistence(isIpv4);
    var check = checks.settings(protocol);
    var mayBeEveryPort = persistence != null && check.check() instanceof Check.None;
    var port = mayBeEveryPort && random.nextBoolean() ? 0 : 1 + random.nextInt(65535);
    var isByMark = random.nextInt(4) == 0;
    var family = address.address().family();
    var servers = servers(isIpv4, port);
    var name = name();
    var key =
        isByMark
            ? new ServiceKey.ByMark(1 + number + (random.nextInt() << 8), family)
            : new ServiceKey.ByAddress(protocol, new Endpoint(address.address(), port));
    var forwarding =
        new VirtualService.Forwarding(
            oneOf(SchedulerName.values()),
            flags(),
            persistence,
            random.nextInt(3) > 0
                ? null
                : new Endpoint(address(isIpv4, 99, 9), port == 0 ? 8080 : port),
            random.nextBoolean() && (isByMark || protocol != Protocol.UDP),
            (isByMark || protocol == Protocol.UDP) && random.nextBoolean());
    var more = isByMark ? more(isIpv4, number) : List.<VirtualAddress>of();
    return new VirtualService(
        new VirtualService.Identity(name, key, address, more),
        forwarding,
        new VirtualService.Monitoring(check, quorum(servers), maybeCommand()),
        servers);
  }

  private List<VirtualAddress> more(boolean isIpv4, int number) {
    return IntStream.range(0, random.nextInt(3))
        .mapToObj(i -> virtualAddress(address(isIpv4, 20 + number, i + 1), 20 + 3 * number + i))
        .toList();
  }

  /** What the servers can reach and lose. */
  private Quorum quorum(List<RealServer> servers) {
    var sum = servers.stream().mapToInt(RealServer::weight).sum();
    if (sum < 3 || random.nextBoolean()) {
      return Quorum.ONE;
    }
    var weight = 1 + random.nextInt(sum - 1);
    return new Quorum(weight, random.nextInt(Math.min(weight, sum - weight + 1)));
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
              random.nextInt(upper + 1),
              method == ForwardingMethod.TUNNELLING ? tunnel() : Tunnel.IPIP));
    }
    return servers;
  }

  private Tunnel tunnel() {
    var type = oneOf(Tunnel.Type.values());
    var checksums =
        Arrays.stream(Tunnel.Checksum.values()).filter(type::has).toArray(Tunnel.Checksum[]::new);
    return new Tunnel(
        type, type == Tunnel.Type.GUE ? 1 + random.nextInt(65535) : 0, oneOf(checksums));
  }
}
