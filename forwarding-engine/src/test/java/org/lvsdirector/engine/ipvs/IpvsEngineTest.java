// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.Protocol;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.Capabilities;
import org.lvsdirector.engine.EngineException;
import org.lvsdirector.engine.EngineStats;
import org.lvsdirector.engine.ipvs.IpvsSettings.Adoption;
import org.lvsdirector.engine.ipvs.ScriptedKernel.Refused;
import org.lvsdirector.engine.ipvs.ScriptedKernel.Script;
import org.lvsdirector.engine.ipvs.sync.SyncLoop;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableOp;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;
import org.lvsdirector.engine.table.TableOp.DeleteServer;
import org.lvsdirector.engine.table.TableOp.DeleteService;
import org.lvsdirector.engine.table.TableOp.SetServer;
import org.lvsdirector.engine.table.TableOp.SetService;
import org.lvsdirector.engine.table.Tables;
import org.lvsdirector.linux.Attributes;
import org.lvsdirector.linux.Errno;

class IpvsEngineTest {
  private static final ServiceKey WEB =
      new ServiceKey.ByAddress(Protocol.TCP, Tables.endpoint("192.0.2.1", 80));
  private static final ServiceKey OTHER =
      new ServiceKey.ByAddress(Protocol.TCP, Tables.endpoint("192.0.2.2", 80));
  private static final Table.Server SERVER = Tables.server(Tables.endpoint("10.0.0.1", 80), 1);

  @TempDir private Path state;

  @Test
  void itsKindSaysWhatItCan() {
    var kind = new IpvsKind(SyncLoop::start);
    try (var engine = open(new ScriptedKernel(both()))) {
      assertThat(Capabilities.of(engine)).isEqualTo(kind.can());
      assertThat(engine.name()).isEqualTo(kind.word());
    }
  }

  @Test
  void oneChangeIsOneMessage() {
    var kernel = new ScriptedKernel(IpvsEngineTest::answered);
    try (var engine = open(kernel)) {
      kernel.commands.clear();
      kernel.sends = 0;
      engine.apply(List.of(new SetServer(WEB, SERVER)));
      assertThat(kernel.commands).containsExactly(Abi.SET_DEST);
      assertThat(kernel.sends).isEqualTo(1);
    }
  }

  @Test
  void manyChangesAreSentManyAtATime() {
    var kernel = new ScriptedKernel(IpvsEngineTest::answered);
    var changes = new ArrayList<TableOp>();
    for (var i = 0; i < 1000; i++) {
      changes.add(new AddServer(WEB, Tables.server(Tables.endpoint("10.0.0.1", i + 1), 1)));
    }
    try (var engine = open(kernel)) {
      kernel.commands.clear();
      kernel.sends = 0;
      engine.apply(changes);
      assertThat(kernel.commands).hasSize(1000).containsOnly(Abi.NEW_DEST);
      assertThat(kernel.sends).isEqualTo(16);
    }
  }

  @Test
  void aRefusalInTheMiddleIsThatChangesAndTheOthersAreDone() {
    var kernel =
        new ScriptedKernel(
            (command, attributes) -> {
              if (command == Abi.SET_DEST) {
                throw new Refused(Errno.ERANGE);
              }
              return answered(command, attributes);
            });
    var refused = new SetServer(WEB, SERVER);
    try (var engine = open(kernel)) {
      var exception =
          catchThrowableOfType(
              EngineException.class,
              () ->
                  engine.apply(
                      List.of(
                          new AddService(WEB, Tables.PLAIN), refused, new AddServer(WEB, SERVER))));
      assertThat(exception.refusals())
          .containsExactly(
              new EngineException.Refusal(
                  refused, "a weight below 0, or a lower threshold above the upper one (ERANGE)"));
    }
  }

  @Test
  void whatIsThereAlreadyIsSetInstead() {
    var kernel =
        new ScriptedKernel(
            (command, attributes) -> {
              if (command == Abi.NEW_SERVICE || command == Abi.NEW_DEST) {
                throw new Refused(Errno.EEXIST);
              }
              return answered(command, attributes);
            });
    try (var engine = open(kernel)) {
      kernel.commands.clear();
      engine.apply(List.of(new AddService(WEB, Tables.PLAIN), new AddServer(WEB, SERVER)));
      assertThat(kernel.commands)
          .containsExactly(Abi.NEW_SERVICE, Abi.NEW_DEST, Abi.SET_SERVICE, Abi.SET_DEST);
    }
  }

  @ParameterizedTest
  @CsvSource({"3", "2"})
  void whatIsNotThereNeedsNoDeletion(int errno) {
    var kernel =
        new ScriptedKernel(
            (command, attributes) -> {
              if (command == Abi.DEL_DEST || command == Abi.DEL_SERVICE && errno == Errno.ESRCH) {
                throw new Refused(errno);
              }
              return answered(command, attributes);
            });
    try (var engine = open(kernel)) {
      engine.apply(List.of(new DeleteServer(WEB, SERVER.endpoint()), new DeleteService(WEB)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | the kernel has no scheduler wlc; modprobe ip_vs_wlc (ENOENT)",
        "3 | the kernel's table has no such service (ESRCH)",
        "1 | not permitted; IPVS needs CAP_NET_ADMIN in the initial user namespace (EPERM)",
        "97 | the kernel has no IPv6 (EAFNOSUPPORT)",
        "22 | the kernel does not take these values (EINVAL)",
        "12 | ENOMEM"
      })
  void aRefusalSaysWhatItMeans(int errno, String reason) {
    var kernel =
        new ScriptedKernel(
            (command, attributes) -> {
              if (command == Abi.SET_SERVICE) {
                throw new Refused(errno);
              }
              return answered(command, attributes);
            });
    try (var engine = open(kernel)) {
      assertThatExceptionOfType(EngineException.class)
          .isThrownBy(() -> engine.apply(List.of(new SetService(WEB, Tables.PLAIN))))
          .satisfies(e -> assertThat(e.refusals().getFirst().reason()).isEqualTo(reason));
    }
  }

  /** The kernel drops answers when the receive buffer is full, and says so once. */
  @Test
  void lostAnswersAreAskedForAgain() {
    var held = new ArrayList<Attributes.Writer>();
    var kernel =
        new ScriptedKernel(
            (command, attributes) -> {
              if (command == Abi.NEW_DEST) {
                if (held.size() == 3) {
                  throw new Refused(Errno.EEXIST);
                }
                held.add(new Attributes.Writer());
              }
              return answered(command, attributes);
            });
    try (var engine = open(kernel)) {
      kernel.commands.clear();
      kernel.failNextReceive(Errno.ENOBUFS);
      engine.apply(
          List.of(
              new AddServer(WEB, Tables.server(Tables.endpoint("10.0.0.1", 1), 1)),
              new AddServer(WEB, Tables.server(Tables.endpoint("10.0.0.1", 2), 1)),
              new AddServer(WEB, Tables.server(Tables.endpoint("10.0.0.1", 3), 1))));
      assertThat(kernel.commands)
          .containsExactly(
              Abi.NEW_DEST,
              Abi.NEW_DEST,
              Abi.NEW_DEST,
              Abi.NEW_DEST,
              Abi.NEW_DEST,
              Abi.NEW_DEST,
              Abi.SET_DEST,
              Abi.SET_DEST,
              Abi.SET_DEST);
    }
  }

  @Test
  void afterAFailureTheNextCallBeginsWithAFreshSocket() {
    var kernel = new ScriptedKernel(IpvsEngineTest::answered);
    try (var engine = open(kernel)) {
      kernel.failNextReceive(Errno.EBADF);
      assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(engine::read);
      assertThat(kernel.closed).containsExactly(7);
      assertThat(engine.read()).isEqualTo(Table.EMPTY);
    }
    assertThat(kernel.closed).containsExactly(7, 8);
  }

  @Test
  void aListThatChangesWhileItIsReadIsReadAgain() {
    var tries = new ArrayList<Integer>();
    var kernel =
        new ScriptedKernel(
            (command, attributes) -> {
              if (command == Abi.GET_SERVICE) {
                tries.add(command);
                return tries.size() < 3 ? List.of(held(WEB), held(WEB)) : List.of(held(WEB));
              }
              return answered(command, attributes);
            });
    try (var engine = openAll(kernel)) {
      assertThat(engine.read().services()).containsOnlyKeys(WEB);
      assertThat(tries).hasSize(3);
    }
  }

  @Test
  void aServiceThatIsReadAloneTakesTwoQuestions() {
    var kernel =
        new ScriptedKernel(
            (command, attributes) -> {
              if (command == Abi.GET_SERVICE) {
                if (!attributes.has(Abi.SERVICE)) {
                  return List.of(held(WEB), held(OTHER));
                }
                return List.of(held(WEB));
              }
              return answered(command, attributes);
            });
    try (var engine = openAll(kernel)) {
      kernel.commands.clear();
      assertThat(engine.read(Set.of(WEB)).services()).containsOnlyKeys(WEB);
      assertThat(kernel.commands).containsExactly(Abi.GET_SERVICE, Abi.GET_DEST);
    }
  }

  @Test
  void aServiceThatIsNotThereIsNotRead() {
    var kernel =
        new ScriptedKernel(
            (command, attributes) -> {
              if (command == Abi.GET_SERVICE) {
                throw new Refused(Errno.ESRCH);
              }
              return answered(command, attributes);
            });
    try (var engine = openAll(kernel)) {
      assertThat(engine.read(Set.of(WEB))).isEqualTo(Table.EMPTY);
    }
  }

  @Test
  void servicesOfOthersAreLeftAlone() {
    var kernel = new ScriptedKernel(both());
    try (var engine = open(kernel)) {
      assertThat(engine.read()).isEqualTo(Table.EMPTY);
      assertThat(engine.services()).isEmpty();
      assertThat(engine.read(Set.of(WEB))).isEqualTo(Table.EMPTY);
      assertThat(engine.stats()).isEqualTo(EngineStats.NONE);
      engine.apply(List.of(new AddService(WEB, Tables.PLAIN)));
      assertThat(engine.read().services()).containsOnlyKeys(WEB);
      assertThat(engine.stats().services()).containsOnlyKeys(WEB);
    }
    try (var engine = openAll(kernel)) {
      assertThat(engine.read().services()).containsOnlyKeys(WEB, OTHER);
    }
  }

  @Test
  void whatWasMadeIsKnownAfterARestart() {
    var kernel = new ScriptedKernel(both());
    try (var engine = open(kernel)) {
      engine.apply(List.of(new AddService(WEB, Tables.PLAIN)));
    }
    try (var engine = open(kernel)) {
      assertThat(engine.read().services()).containsOnlyKeys(WEB);
      engine.apply(List.of(new DeleteService(WEB)));
      assertThat(engine.read()).isEqualTo(Table.EMPTY);
    }
    try (var engine = open(kernel)) {
      assertThat(engine.read()).isEqualTo(Table.EMPTY);
    }
  }

  @Test
  void aStateFileThatCannotBeWrittenDoesNotStopTheEngine() throws IOException {
    Files.createFile(state.resolve("plain-file"));
    var settings = new IpvsSettings(Adoption.OWN, state.resolve("plain-file/services"));
    try (var engine = IpvsEngine.open(settings, new ScriptedKernel(both()), SyncLoop::start)) {
      engine.apply(List.of(new AddService(WEB, Tables.PLAIN)));
      assertThat(engine.read().services()).containsOnlyKeys(WEB);
    }
  }

  @Test
  void timeoutsAreSetOnlyWhereTheyDiffer() {
    var set = new ArrayList<KernelTimeouts>();
    var kernel =
        new ScriptedKernel(
            (command, attributes) -> {
              if (command == Abi.SET_CONFIG) {
                set.add(KernelTimeouts.decode(attributes));
              }
              return answered(command, attributes);
            });
    open(kernel, 900).close();
    assertThat(set).isEmpty();
    open(kernel, 60).close();
    assertThat(set).containsExactly(new KernelTimeouts(60, 120, 300));
  }

  @Test
  void timeoutsFollowAReloadAndReturnToWhatTheKernelHad() {
    var held = new AtomicReference<>(new KernelTimeouts(900, 120, 300));
    var kernel =
        new ScriptedKernel(
            (command, attributes) -> {
              if (command == Abi.SET_CONFIG) {
                held.set(KernelTimeouts.decode(attributes));
              }
              return command == Abi.GET_CONFIG
                  ? List.of(held.get().encode())
                  : answered(command, attributes);
            });
    try (var engine = open(kernel, 60)) {
      assertThat(held.get()).isEqualTo(new KernelTimeouts(60, 120, 300));
      engine.timeouts(
          new GlobalSettings(
              null, Duration.ofSeconds(61), Duration.ofSeconds(7), Duration.ofSeconds(8)));
      assertThat(held.get()).isEqualTo(new KernelTimeouts(61, 7, 8));
      engine.timeouts(GlobalSettings.NONE);
      assertThat(held.get()).isEqualTo(new KernelTimeouts(900, 120, 300));
    }
  }

  @Test
  void aKernelWithoutPermissionIsNotOpened() {
    var kernel =
        new ScriptedKernel(
            (_, _) -> {
              throw new Refused(Errno.EPERM);
            });
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(kernel))
        .withMessageStartingWith("not permitted");
    assertThat(kernel.closed).containsExactly(7);
  }

  @Test
  void whetherItWorksIsAskedEachTime() {
    var refusals = new ArrayList<Refused>();
    var kernel =
        new ScriptedKernel(
            (command, attributes) -> {
              if (!refusals.isEmpty()) {
                throw refusals.getFirst();
              }
              return answered(command, attributes);
            });
    try (var engine = open(kernel)) {
      assertThat(engine.availability()).isEqualTo(new Availability.Usable());
      refusals.add(new Refused(Errno.EPERM));
      assertThat(engine.availability()).isInstanceOf(Availability.Unusable.class);
      refusals.clear();
      assertThat(engine.availability()).isEqualTo(new Availability.Usable());
    }
  }

  @Test
  void aClosedEngineAnswersNothing() {
    var engine = open(new ScriptedKernel(IpvsEngineTest::answered));
    engine.close();
    assertThatIllegalStateException().isThrownBy(engine::read);
  }

  private IpvsEngine open(ScriptedKernel kernel) {
    return open(kernel, 0);
  }

  private IpvsEngine open(ScriptedKernel kernel, int tcpSeconds) {
    var settings =
        new IpvsSettings(
            Adoption.OWN,
            state.resolve("below/services"),
            Duration.ofSeconds(tcpSeconds),
            Duration.ZERO,
            Duration.ZERO);
    return IpvsEngine.open(settings, kernel, SyncLoop::start);
  }

  private IpvsEngine openAll(ScriptedKernel kernel) {
    return IpvsEngine.open(
        new IpvsSettings(Adoption.ALL, state.resolve("all")), kernel, SyncLoop::start);
  }

  /** A table that always has both services. */
  private static Script both() {
    return (command, attributes) ->
        command == Abi.GET_SERVICE
            ? List.of(held(WEB), held(OTHER))
            : answered(command, attributes);
  }

  private static Attributes.Writer held(ServiceKey key) {
    return new Attributes.Writer()
        .nested(Abi.SERVICE, KernelService.of(key, Tables.PLAIN).encode());
  }

  /** An empty table. */
  private static List<Attributes.Writer> answered(int command, Attributes attributes) {
    return switch (command) {
      case Abi.GET_INFO -> List.of(new Attributes.Writer().u32(1, 0x10201).u32(2, 4096));
      case Abi.GET_CONFIG -> List.of(new KernelTimeouts(900, 120, 300).encode());
      default -> List.of();
    };
  }
}
