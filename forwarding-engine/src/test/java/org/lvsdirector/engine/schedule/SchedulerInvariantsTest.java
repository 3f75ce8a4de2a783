// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.SchedulerFlag;
import org.lvsdirector.config.SchedulerName;

/** What holds for every scheduler, whatever happens to its servers. */
class SchedulerInvariantsTest {
  private static final int SEEDS = 60;
  private static final int STEPS = 300;

  /** These refuse a connection although another server could take it. */
  private static final Set<SchedulerName> CHOOSY =
      EnumSet.of(SchedulerName.DH, SchedulerName.SH, SchedulerName.MH, SchedulerName.OVF);

  @ParameterizedTest
  @EnumSource
  void choosesOnlyServersThatMayTakeTheConnection(SchedulerName name) {
    for (var seed = 0; seed < SEEDS; seed++) {
      new Run(name, seed).play();
    }
  }

  private static final class Run {
    private final SchedulerName name;
    private final int seed;
    private final Random random;
    private final Scheduler scheduler;
    private final List<Destination> servers = new ArrayList<>();
    private long nowNanos;

    Run(SchedulerName name, int seed) {
      this.name = name;
      this.seed = seed;
      random = new Random(seed);
      Set<SchedulerFlag> flags = EnumSet.noneOf(SchedulerFlag.class);
      if (random.nextBoolean()) {
        flags.add(SchedulerFlag.FALLBACK);
      }
      if (random.nextBoolean()) {
        flags.add(SchedulerFlag.PORT);
      }
      scheduler = Schedulers.create(name, flags);
    }

    void play() {
      for (var step = 0; step < STEPS; step++) {
        change();
        nowNanos += random.nextLong(1L << random.nextInt(1, 48));
        check(step);
      }
    }

    private void change() {
      var server = servers.isEmpty() ? null : servers.get(random.nextInt(servers.size()));
      switch (random.nextInt(8)) {
        case 0 -> add();
        case 1 -> {
          if (server != null) {
            servers.remove(server);
            scheduler.removed(server);
          }
        }
        case 2 -> {
          if (server != null) {
            server.edit(weight(), random.nextInt(3) * 10, random.nextInt(10));
            scheduler.edited(server);
          }
        }
        default -> {
          if (server != null) {
            server.connections(random.nextInt(20), random.nextInt(8));
          }
        }
      }
    }

    private void add() {
      var endpoint = new Endpoint(address(12), 80);
      if (servers.stream().noneMatch(server -> server.endpoint().equals(endpoint))) {
        var server = new Destination(endpoint, weight(), random.nextInt(3) * 10, 0);
        servers.add(server);
        scheduler.added(server);
      }
    }

    private void check(int step) {
      var chosen =
          scheduler.schedule(new Flow(address(50), random.nextInt(9), address(5)), nowNanos);
      var where = "%s seed %d step %d: %s".formatted(name, seed, step, servers);
      if (chosen != null) {
        assertThat(servers).as(where).contains(chosen);
        assertThat(chosen.weight()).as(where).isPositive();
        if (name != SchedulerName.LBLC) {
          assertThat(chosen.isOverloaded()).as(where).isFalse();
        }
      } else if (!CHOOSY.contains(name)) {
        assertThat(servers).as(where).noneMatch(Destination::isUsable);
      }
    }

    private int weight() {
      return random.nextInt(4) == 0 ? 0 : random.nextInt(1, 1 << random.nextInt(1, 17));
    }

    private IpAddress address(int count) {
      var low = 1 + random.nextInt(count);
      return seed % 2 == 0
          ? IpAddress.ofIpv4(0x0a000000 + low)
          : new IpAddress(IpAddress.Family.IPV6, 0x20010db8_00000000L, low);
    }
  }
}
