// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.directorconf.DirectorConf.LogLevel;
import org.lvsdirector.config.lvscf.LvsCf;

/** What both files say is in force after a reload, or is named until a restart. */
class InForceTest {
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("node", "backup"),
          Map.entry("engine", "proxy"),
          Map.entry("addresses", "engine"),
          Map.entry("lvs-cf", "/other"),
          Map.entry("admin.socket", "/other"),
          Map.entry("state-dir", "/other"),
          Map.entry("table.check-interval", "77s"),
          Map.entry("proxy.threads", "7"),
          Map.entry("proxy.connect-timeout", "7s"),
          Map.entry("proxy.udp-flow-timeout", "7s"),
          Map.entry("ipvs.adopt", "all"),
          Map.entry("ipvs.host-settings", "set"),
          Map.entry("heartbeat.key-file", "/other"),
          Map.entry("heartbeat.accept-unsealed", "true"),
          Map.entry("real-time.priority", "0"),
          Map.entry("log.level", "debug"));

  /** Made of the file at the start, and told otherwise, or of what waits for a restart. */
  private static final Set<String> ONLY_AT_THE_START =
      Set.of(
          "Daemon", // takes the reload itself
          "Daemon$Reloaded",
          "InForce",
          "MachineAddresses$Opening", // of which MachineAddresses is made
          "MachinePorts", // arbitration, of the pair
          "TableSync", // connection sync
          "Prober", // made for each drill
          "StatusSource", // made for each status
          "StatusSource$Inputs");

  @Test
  void everySettingOfDirectorConfIsNamedUntilARestart() throws IOException {
    assertThat(OTHERS.keySet()).isEqualTo(conf(Map.of()).settings().keySet());
    assertThat(OTHERS.keySet()).isEqualTo(namesOfTheReference());
    OTHERS.forEach(
        (name, other) -> {
          var fresh = conf(Map.of(name, other));
          assertThat(fresh.settings().get(name)).isNotEqualTo(conf(Map.of()).settings().get(name));
          var after = start().after(config(""), fresh);
          if (name.equals("log.level")) {
            assertThat(after.waiting()).isEmpty();
            assertThat(after.conf().logLevel()).isEqualTo(LogLevel.DEBUG);
          } else {
            assertThat(after.waiting()).singleElement().asString().startsWith(name + " = ");
            assertThat(after.after(config(""), fresh).waiting()).isEqualTo(after.waiting());
            assertThat(after.after(config(""), conf(Map.of())).waiting()).isEmpty();
          }
        });
  }

  private static Set<String> namesOfTheReference() throws IOException {
    var names = new TreeSet<String>();
    var conf = DirectorConf.read(null, Map.of("no.such", "1"));
    var advice = conf.problems().getFirst().advice();
    names.addAll(Arrays.asList(advice.substring(advice.indexOf("are ") + 4).split(", ")));
    return names;
  }

  @Test
  void whatWaitsIsToldEachTimeAndTheDigestIsOfWhatIsInForce() {
    var start = start();
    var after = start.after(config("heartbeat_port = 7000\nudp_timeout = 60\n"), conf(Map.of()));
    assertThat(after.waiting()).containsExactly("heartbeat_port = 7000 (539 is in force)");
    assertThat(after.config().digest()).isEqualTo(config("udp_timeout = 60\n").digest());
    var again = after.after(config("heartbeat_port = 7000\n"), null);
    assertThat(again.waiting()).first().isEqualTo("heartbeat_port = 7000 (539 is in force)");
    assertThat(again.waiting()).last().asString().contains("director.conf cannot be read");
    assertThat(again.waitingFor("").waiting()).isEqualTo(again.waiting());
    assertThat(again.waitingFor("more").waiting()).contains("more");
  }

  /** A part that reads lvs.cf when it is made has to be told of the next one. */
  @Test
  void whoeverReadsTheFileAtTheStartHearsOfTheNext() throws Exception {
    var deaf = new TreeSet<String>();
    for (var type : typesOfThePackage()) {
      var name = type.getName().substring(type.getPackageName().length() + 1);
      var isMadeOfIt = makers(type).anyMatch(InForceTest::takesConfig);
      var hears =
          Arrays.stream(type.getDeclaredMethods())
              .anyMatch(method -> method.getName().equals("reconfigure") && takesConfig(method));
      if (isMadeOfIt && !hears && !ONLY_AT_THE_START.contains(name)) {
        deaf.add(name);
      }
    }
    assertThat(deaf).isEmpty();
  }

  private static Stream<Executable> makers(Class<?> type) {
    Stream<Constructor<?>> constructors = Arrays.stream(type.getDeclaredConstructors());
    Stream<Method> factories =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> java.lang.reflect.Modifier.isStatic(method.getModifiers()))
            .filter(method -> !method.isSynthetic());
    return Stream.concat(constructors, factories);
  }

  private static boolean takesConfig(Executable made) {
    return List.of(made.getParameterTypes()).contains(Config.class);
  }

  private static List<Class<?>> typesOfThePackage()
      throws IOException, URISyntaxException, ClassNotFoundException {
    var place = Objects.requireNonNull(Daemon.class.getResource("Daemon.class"));
    var types = new java.util.ArrayList<Class<?>>();
    try (var files = Files.list(Objects.requireNonNull(Path.of(place.toURI()).getParent()))) {
      for (var file : files.toList()) {
        var name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.contains("Test") && !name.contains("package-info")) {
          types.add(
              Class.forName(Daemon.class.getPackageName() + "." + name.replace(".class", "")));
        }
      }
    }
    assertThat(types).contains(RoleCommands.class, MachineAddresses.class);
    return types;
  }

  private static InForce start() {
    return InForce.atStart(conf(Map.of()), config(""));
  }

  private static DirectorConf conf(Map<String, String> settings) {
    var all = new LinkedHashMap<>(settings);
    return Objects.requireNonNull(DirectorConf.read(null, all).conf());
  }

  private static Config config(String lines) {
    return Objects.requireNonNull(LvsCf.parse("primary = 192.0.2.1\n" + lines).config());
  }
}
