// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The threads that heartbeats, takeover, announcements, forwarding and checks depend on: where each
 * begins, and what nothing that it reaches may call. What may take its time is handed to another
 * thread, at places that are named here.
 */
final class ThreadsTest {
  private static final String OURS = "org.lvsdirector.";

  /** Where each thread that must not wait begins: class and method, below {@link #OURS}. */
  private static final Map<String, List<String>> THREADS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("pulse", List.of("pulse.PulseLoop.run")),
              Map.entry("JGroups, to pulse", List.of("pulse.PulseLoop.received")),
              Map.entry("pulse-link-*", List.of("pulse.link.LinkKeeper.keep")),
              Map.entry(
                  "pulse-addresses",
                  List.of(
                      "pulse.port.VirtualAddresses.acquire",
                      "pulse.port.VirtualAddresses.announce",
                      "pulse.port.VirtualAddresses.fallSilent",
                      "pulse.port.VirtualAddresses.release",
                      "pulse.port.Ports$Neighbours.beacon")),
              Map.entry(
                  "pulse-journal",
                  List.of(
                      "pulse.port.RoleListener.roleChanged", "pulse.port.RoleListener.noticed")),
              Map.entry("pulse-announcer", List.of("pulse.addresses.Announcer.sendBatch")),
              Map.entry("pulse-arp, pulse-nd", List.of("pulse.addresses.Neighbourhood.listen")),
              Map.entry("pulse-interfaces", List.of("pulse.addresses.InterfaceWatch.hear")),
              Map.entry("pulse-targets", List.of("pulse.TargetWatch.pingOnce")),
              Map.entry("lvsd", List.of("lvsd.Lvsd.run")),
              Map.entry("nannies", List.of("nanny.Nannies.run")),
              Map.entry("watchdog", List.of("director.daemon.SystemdWatchdog.feed")),
              Map.entry("signals", List.of("director.command.RunCommand.listenToSignals")),
              Map.entry("proxy", List.of("engine.proxy.*"))));

  /** Where the search ends, and why: most hand work to threads that may wait. */
  private static final Map<String, String> HANDOVERS =
      Map.ofEntries(
          Map.entry("pulse.EffectRunner.run", "each effect to the thread of its kind"),
          Map.entry("pulse.addresses.AddressRecord.write", "to pulse-address-record"),
          Map.entry(
              "engine.ipvs.OwnServices.save", "to ipvs-services, waits half a second at most"),
          Map.entry("director.daemon.CommandRunner.run", "programs to the thread commands"),
          Map.entry("director.daemon.Reloads.order", "to the thread reload"),
          Map.entry("director.command.RunCommand.stopAtEndOfInput", "on the thread input"),
          Map.entry("linux.Sysctl.read", "/proc is no disk"),
          Map.entry("pulse.addresses.Promotion.allow", "settings of /proc that nobody notes"),
          Map.entry("pulse.addresses.Promotion.restore", "the same"),
          Map.entry("nanny.Nannies.end", "the last thing that its thread does"));

  private static final List<Pattern> FORBIDDEN =
      Stream.of(
              "java\\.lang\\.System\\.(out|err|in|console)",
              "java\\.lang\\.Throwable\\.printStackTrace",
              "java\\.lang\\.Thread\\.sleep",
              "java\\.lang\\.(ProcessBuilder\\.start|Process\\.waitFor|Runtime\\.exec)",
              "java\\.io\\.(PrintStream|PrintWriter|FileOutputStream|FileWriter|RandomAccessFile)\\..*",
              "java\\.nio\\.file\\.Files\\.(write.*|new.*|create.*|delete.*|move|copy|lines|list)",
              "java\\.nio\\.channels\\.FileChannel\\..*",
              "java\\.net\\.InetAddress\\.(getByName|getAllByName|getLocalHost)",
              "java\\.net\\.http\\..*",
              "java\\.util\\.logging\\..*",
              "java\\.util\\.concurrent\\.(CompletableFuture|Future)\\.(join|get)\\(\\)",
              "java\\.util\\.concurrent\\.\\w*Queue\\.put",
              "java\\.util\\.concurrent\\.ExecutorService\\.(invokeAll|close|awaitTermination)",
              "ch\\.qos\\.logback\\..*")
          .map(call -> Pattern.compile(call + "(\\(\\))?"))
          .toList();

  static Set<String> threads() {
    return THREADS.keySet();
  }

  @ParameterizedTest
  @MethodSource("threads")
  void nothingThatAThreadReachesWaitsForADiskAReaderOrAProgram(String thread) {
    var begin = begin(thread);
    assertThat(begin).as(thread).isNotEmpty();

    assertThat(violations(begin)).as(thread).isEmpty();
  }

  @Test
  void theSearchFindsWhatIsHidden() {
    var record = methods("pulse.addresses.AddressRecord.writeNow");
    assertThat(violations(record).toString()).contains("java.nio.file.Files");
  }

  @Test
  void everyHandoverExists() {
    for (var name : HANDOVERS.keySet()) {
      assertThat(methods(name)).as(name).isNotEmpty();
    }
  }

  /** Whatever else begins a thread is of a class that was looked at when it was added here. */
  @Test
  void everyClassThatMakesAThreadIsKnown() {
    var makers =
        Production.CLASSES.stream()
            .filter(type -> type.getAccessesFromSelf().stream().anyMatch(ThreadsTest::isThread))
            .map(type -> type.getName().replaceAll("\\$.*", "").substring(OURS.length()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(makers)
        .containsExactlyInAnyOrder(
            "director.admin.AdminClient",
            "director.admin.AdminServer",
            "director.admin.RequestHandler",
            "director.command.RunCommand",
            "director.command.WitnessCommand",
            "director.daemon.CommandRunner",
            "director.daemon.Drill",
            "director.daemon.Prober",
            "director.daemon.Reloads",
            "director.daemon.SystemdWatchdog",
            "director.demo.DemoClient",
            "director.demo.DemoCommand",
            "director.demo.DemoScenario",
            "director.demo.DemoServer",
            "director.machine.HostNames",
            "director.machine.NameWatch",
            "director.output.Outlet",
            "director.output.ProcessOutput",
            "engine.ipvs.OwnServices",
            "engine.ipvs.sync.SyncLoop",
            "engine.proxy.Loops",
            "engine.proxy.ProxyEngine",
            "linux.AgentLoop",
            "linux.DiskWork",
            "lvsd.Lvsd",
            "nanny.CheckDeadline",
            "nanny.CheckPrograms",
            "nanny.Farewell",
            "nanny.Nannies",
            "pulse.EffectRunner",
            "pulse.Pulse",
            "pulse.PulseLoop",
            "pulse.Rehearsal",
            "pulse.TargetWatch",
            "pulse.addresses.AddressRecord",
            "pulse.addresses.Announcer",
            "pulse.addresses.ConflictWatch",
            "pulse.addresses.InterfaceWatch",
            "pulse.addresses.Neighbourhood",
            "pulse.link.HeartbeatTransport",
            "pulse.link.LinkKeeper",
            "pulse.link.PartnerChannel",
            "pulse.witness.WitnessServer");
  }

  private static boolean isThread(JavaAccess<?> access) {
    var owner = access.getTargetOwner().getName();
    var name = access.getTarget().getName();
    return switch (owner) {
      case "java.lang.Thread" -> Set.of("ofPlatform", "ofVirtual", "<init>").contains(name);
      case "java.util.concurrent.Executors" -> true;
      case "org.lvsdirector.linux.AgentLoop",
          "io.netty.util.concurrent.DefaultThreadFactory",
          "org.jgroups.util.DefaultThreadFactory",
          "java.util.concurrent.ThreadPoolExecutor" ->
          name.equals("<init>");
      default -> false;
    };
  }

  /** In a daemon they are an outlet, but a line of the log has a time and says who speaks. */
  @Test
  void onlyWhatPeopleStartWritesToStandardOutput() {
    for (var stream : List.of("out", "err")) {
      noClasses()
          .that(resideInAPackage("org.lvsdirector.."))
          .and()
          .resideOutsideOfPackages(
              "org.lvsdirector.director.demo..", "org.lvsdirector.director.output..")
          .should()
          .accessField(System.class, stream)
          .check(Production.CLASSES);
    }
    noClasses().should().callMethod(Throwable.class, "printStackTrace").check(Production.CLASSES);
  }

  @Test
  void onlyOnePlaceKnowsHowTheLogIsWritten() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.lvsdirector.director.output..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ch.qos.logback.core..", "java.util.logging..")
        .check(Production.CLASSES);
  }

  private static Set<JavaCodeUnit> begin(String thread) {
    return THREADS.getOrDefault(thread, List.of()).stream()
        .flatMap(name -> methods(name).stream())
        .collect(Collectors.toSet());
  }

  /** Methods of a name, with all that implement them; {@code package.*} is all of its handlers. */
  private static Set<JavaCodeUnit> methods(String name) {
    var dot = name.lastIndexOf('.');
    var owner = OURS + name.substring(0, dot);
    if (name.endsWith("*")) {
      return Production.CLASSES.stream()
          .filter(type -> type.getPackageName().equals(owner))
          .filter(type -> type.isAssignableTo("io.netty.channel.ChannelHandler"))
          .flatMap(type -> type.getCodeUnits().stream())
          .collect(Collectors.toSet());
    }
    return withImplementations(Production.CLASSES.get(owner), name.substring(dot + 1));
  }

  private static Set<JavaCodeUnit> withImplementations(JavaClass owner, String name) {
    return Stream.concat(Stream.of(owner), owner.getAllSubclasses().stream())
        .flatMap(type -> type.getCodeUnits().stream())
        .filter(unit -> unit.getName().equals(name))
        .collect(Collectors.toSet());
  }

  /** The ways from these methods to what is forbidden. */
  private static Set<String> violations(Set<JavaCodeUnit> begin) {
    var cameFrom = new LinkedHashMap<JavaCodeUnit, String>();
    var queue = new ArrayDeque<JavaCodeUnit>();
    begin.forEach(unit -> visit(unit, "", cameFrom, queue));
    var found = new TreeSet<String>();
    for (var unit = queue.poll(); unit != null; unit = queue.poll()) {
      var way = cameFrom.get(unit) + " > " + shown(unit);
      for (var access : unit.getAccessesFromSelf()) {
        var target = shown(access);
        if (FORBIDDEN.stream().anyMatch(pattern -> pattern.matcher(target).matches())) {
          found.add(target + " by" + way);
        }
        reached(access).forEach(next -> visit(next, way, cameFrom, queue));
      }
    }
    return found;
  }

  private static void visit(
      JavaCodeUnit unit,
      String way,
      Map<JavaCodeUnit, String> cameFrom,
      ArrayDeque<JavaCodeUnit> queue) {
    if (!HANDOVERS.containsKey(shown(unit)) && cameFrom.putIfAbsent(unit, way) == null) {
      queue.add(unit);
    }
  }

  private static Set<JavaCodeUnit> reached(JavaAccess<?> access) {
    if (!(access.getTarget() instanceof CodeUnitCallTarget target)
        || !target.getOwner().getName().startsWith(OURS)) {
      return Set.of();
    }
    var declared = target.resolveMember().map(JavaMember::getOwner).orElse(target.getOwner());
    return withImplementations(declared, target.getName());
  }

  /** A call without arguments has brackets: with a time it waits no longer than that. */
  private static String shown(JavaAccess<?> access) {
    var target = access.getTarget();
    var isBare = target instanceof CodeUnitCallTarget call && call.getRawParameterTypes().isEmpty();
    return target.getOwner().getName() + "." + target.getName() + (isBare ? "()" : "");
  }

  private static String shown(JavaCodeUnit unit) {
    var name = unit.getOwner().getName() + "." + unit.getName();
    return name.startsWith(OURS) ? name.substring(OURS.length()) : name;
  }
}
