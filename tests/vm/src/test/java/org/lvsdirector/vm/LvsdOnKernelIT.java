// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.Health;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.lvscf.LvsCf;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.ipvs.IpvsEngine;
import org.lvsdirector.engine.ipvs.IpvsSettings;
import org.lvsdirector.engine.ipvs.IpvsSettings.Adoption;
import org.lvsdirector.engine.ipvs.sync.SyncLoop;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.lvsd.Lvsd;
import org.lvsdirector.lvsd.LvsdStatus;

/**
 * A change that meets another table than was left, between two checks of the whole: the kernel's
 * own refusals tell.
 */
@OnTheGuestsTable
class LvsdOnKernelIT {
  private static final Config CONFIG =
      Objects.requireNonNull(
          LvsCf.parse(
                  new LvsCfText()
                      .service("one", "10.9.0.100")
                      .service("other", "10.9.0.101")
                      .service("third", "fd09::100")
                      .toString())
              .config());
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir private Path state;
  private ForwardingEngine engine;
  private Lvsd lvsd;

  @BeforeEach
  void start() {
    Guest.run("ipvsadm", "-C");
    engine =
        IpvsEngine.open(
            new IpvsSettings(Adoption.OWN, state.resolve("services")),
            Libc.system(),
            SyncLoop::start);
    lvsd = Lvsd.start(engine, NEVER, _ -> {});
    lvsd.config(CONFIG);
    lvsd.health(health(Health.State.UP));
    assertThat(lvsd.reconciled().join().isSettled()).isTrue();
    assertThat(lines()).hasSize(9);
  }

  @AfterEach
  void stop() {
    lvsd.close();
    engine.close();
    Guest.run("ipvsadm", "-C");
  }

  @Test
  void aTableThatSomebodyClearedIsMadeAgain() {
    Guest.run("ipvsadm", "-C");
    assertChangeIsMade();
    assertThat(lvsd.status().counters().drifted()).isPositive();
  }

  @Test
  void aServiceThatSomebodyDeletedIsMadeAgain() {
    Guest.run("ipvsadm", "-D", "-t", "10.9.0.100:80");
    assertChangeIsMade();
  }

  @Test
  void aServerThatSomebodyDeletedIsNotMissed() {
    Guest.run("ipvsadm", "-d", "-t", "10.9.0.100:80", "-r", "10.9.0.11:80");
    assertChangeIsMade();
  }

  @Test
  void whatSomebodyElseAddedToTheServiceGoes() {
    Guest.run("ipvsadm", "-a", "-t", "10.9.0.100:80", "-r", "10.9.0.77:80", "-g");
    assertChangeIsMade();
  }

  /** The engine finds the server there when it is to be added. */
  @Test
  void aServerThatSomebodyElseAddedInOtherWordsIsAsItMustBe() {
    change(Health.State.DOWN);
    Guest.run("ipvsadm", "-a", "-t", "10.9.0.100:80", "-r", "10.9.0.11:80", "-m", "-w", "7");
    assertThat(change(Health.State.UP).isSettled()).isTrue();
    assertThat(Guest.run("ipvsadm", "-Sn"))
        .contains("-a -t 10.9.0.100:80 -r 10.9.0.11:80 -g -w 1\n");
    assertThat(lines()).hasSize(9);
  }

  /** The first server of the first service goes; nothing else is missing then, or too much. */
  private void assertChangeIsMade() {
    var status = change(Health.State.DOWN);
    assertThat(status.isSettled()).isTrue();
    assertThat(status.refusals()).isEmpty();
    assertThat(lines()).hasSize(8).noneMatch(line -> line.contains("10.9.0.77"));
    assertThat(Guest.run("ipvsadm", "-Sn")).doesNotContain("-t 10.9.0.100:80 -r 10.9.0.11:80");
    assertThat(engine.read()).isEqualTo(status.desired());
  }

  private LvsdStatus change(Health.State first) {
    lvsd.health(health(first));
    return lvsd.reconciled().join();
  }

  private static List<String> lines() {
    return Guest.run("ipvsadm", "-Sn").lines().toList();
  }

  /** All are up, but for the first server of the first service where it is not. */
  private static Health health(Health.State first) {
    var states = new HashMap<ServerKey, Health.State>();
    for (var service : CONFIG.services()) {
      for (var server : service.servers()) {
        states.put(new ServerKey(service.key(), server.endpoint()), Health.State.UP);
      }
    }
    var service = CONFIG.services().getFirst();
    var server = service.servers().getFirst().endpoint();
    states.put(new ServerKey(service.key(), server), first);
    return new Health(states);
  }
}
