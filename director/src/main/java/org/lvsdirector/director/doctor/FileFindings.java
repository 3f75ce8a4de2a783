// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.VirtualService;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.lvscf.ConfigFiles;
import org.lvsdirector.director.machine.CommandWords;

/**
 * Who but root and this user may change what a director reads and runs, or read a secret in it:
 * configuration, what it includes, the programs it names, the key, and the folders above them.
 *
 * @param root {@code /}, or what stands for it where programs without a slash are looked for
 * @param conf director.conf; null for none
 * @param settings what it says
 * @param config lvs.cf; null when it has errors, then its programs are not looked at
 */
record FileFindings(
    Path root, @Nullable Path conf, DirectorConf settings, @Nullable Config config) {
  private static final String NAME = "rights";
  private static final String KEY = "the key";
  private static final int STICKY = 01000;
  private static final List<String> SEARCH =
      List.of("usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin");
  private static final String SECRET = "(?is).*(passw|secret|token|auth|credential).*";

  List<Finding> all() {
    var found = new LinkedHashMap<Path, Finding>();
    var files = files();
    files.forEach((file, what) -> writable(file, what, found));
    var lvsCf = settings.lvsCf();
    if (config != null && holdsSecret(config)) {
      ConfigFiles.files(lvsCf).forEach(file -> readable(file, found));
    }
    var all = new ArrayList<>(programs());
    all.addAll(
        found.isEmpty()
            ? List.of(
                Finding.ok(NAME, files.size() + " files, which root or this user alone may change"))
            : found.values());
    return all;
  }

  /** Programs of lvs.cf that cannot be run. */
  private List<Finding> programs() {
    return config == null
        ? List.of()
        : commands(config)
            .flatMap(line -> CommandWords.of(line).stream().limit(1))
            .distinct()
            .flatMap(this::unstartable)
            .toList();
  }

  private Stream<Finding> unstartable(String word) {
    var file = program(word).filter(Files::exists).findFirst();
    if (file.isEmpty()) {
      var detail = "there is no program " + word + ", which lvs.cf names";
      return Stream.of(Finding.warning("programs", detail, "install it, or correct lvs.cf"));
    }
    return Files.isExecutable(file.get()) && Files.isRegularFile(file.get())
        ? Stream.empty()
        : Stream.of(
            Finding.warning(
                "programs",
                file.get() + ", which lvs.cf names, is not executable for this user",
                "chmod a+x " + file.get()));
  }

  /** What there is to look at, and what it is. */
  private Map<Path, String> files() {
    var files = new LinkedHashMap<Path, String>();
    if (conf != null) {
      files.put(conf.toAbsolutePath(), "director.conf");
    }
    ConfigFiles.files(settings.lvsCf())
        .forEach(file -> files.putIfAbsent(file.toAbsolutePath(), "configuration"));
    var key = settings.heartbeatKeyFile();
    if (key != null) {
      files.putIfAbsent(key.toAbsolutePath(), KEY);
    }
    if (config != null) {
      commands(config)
          .flatMap(line -> CommandWords.of(line).stream().limit(1).flatMap(this::program))
          .forEach(file -> files.putIfAbsent(file, "a program of lvs.cf"));
      commands(config)
          .flatMap(line -> CommandWords.of(line).stream().skip(1))
          .filter(word -> word.startsWith("/"))
          .map(Path::of)
          .filter(Files::isRegularFile)
          .forEach(file -> files.putIfAbsent(file, "a file that a program of lvs.cf is given"));
    }
    files.keySet().removeIf(file -> !Files.exists(file));
    return files;
  }

  private Stream<Path> program(String word) {
    return word.contains("/")
        ? Stream.of(root.resolve(word))
        : SEARCH.stream()
            .map(folder -> root.resolve(folder).resolve(word))
            .filter(Files::exists)
            .limit(1);
  }

  /** Every command line of lvs.cf. */
  static Stream<String> commands(Config config) {
    var hooks = config.global().commands();
    var own = Stream.of(hooks.active(), hooks.inactive(), hooks.change());
    var failovers =
        config.failovers().stream()
            .flatMap(one -> Stream.of(one.startCommand(), one.stopCommand()));
    var services = config.services().stream().flatMap(FileFindings::commands);
    var failoverChecks = config.failovers().stream().map(one -> script(one.check()));
    return Stream.of(own, failovers, services, failoverChecks)
        .flatMap(all -> all)
        .filter(line -> line != null && !line.isBlank());
  }

  private static Stream<@Nullable String> commands(VirtualService service) {
    return Stream.of(service.monitoring().notifyCommand(), script(service.check()));
  }

  private static @Nullable String script(CheckSettings check) {
    return check.check() instanceof CheckSettings.Check.Script(var command, var _) ? command : null;
  }

  /** Whether something that is sent, or given to a program, looks like a password. */
  private static boolean holdsSecret(Config config) {
    var sent =
        config.services().stream()
            .map(service -> service.check().check())
            .map(
                check ->
                    check instanceof CheckSettings.Check.SendExpect(var _, var send, var _)
                        ? send
                        : "");
    return Stream.concat(sent, commands(config)).anyMatch(text -> text.matches(SECRET));
  }

  private static void writable(Path file, String what, Map<Path, Finding> found) {
    var steps = new LinkedHashSet<Path>();
    try {
      for (var name : List.of(file.normalize(), file.toRealPath())) {
        for (var step = name; step != null; step = step.getParent()) {
          steps.add(step);
        }
      }
      for (var step : steps) {
        var isDaemons = what.equals(KEY) && !Files.isDirectory(step);
        var fault = fault(step, isDaemons);
        if (!fault.isEmpty() && !found.containsKey(step)) {
          found.put(step, Finding.warning(NAME, told(step, file, what, fault), mend(step, fault)));
        }
      }
    } catch (IOException unknown) {
      found.put(file, Finding.warning(NAME, file + " cannot be looked at: " + unknown, ""));
    }
  }

  private static String told(Path step, Path file, String what, List<String> fault) {
    var whose = step.equals(file) ? what : "above " + file + ", " + what;
    return "%s (%s) %s".formatted(step, whose, String.join(", ", fault));
  }

  private static String mend(Path step, List<String> fault) {
    var commands = new ArrayList<String>();
    if (fault.stream().anyMatch(one -> one.startsWith("belongs"))) {
      commands.add("chown root " + step);
    }
    if (fault.stream().anyMatch(one -> one.startsWith("can be"))) {
      commands.add("chmod go-w " + step);
    }
    return String.join("; ", commands);
  }

  /**
   * What is wrong with one file or folder; empty when nothing is.
   *
   * @param isDaemons whether it belongs to the daemon's user, whoever that is
   */
  private static List<String> fault(Path step, boolean isDaemons) throws IOException {
    var mode = number(step, "mode");
    var fault = new ArrayList<String>();
    if (Files.isSymbolicLink(step)) {
      return fault;
    }
    var owner = number(step, "uid");
    if (owner != 0 && owner != user() && !isDaemons) {
      fault.add("belongs to " + Files.getOwner(step));
    }
    if (Files.isDirectory(step) && (mode & STICKY) != 0) {
      return fault;
    }
    if ((mode & 0020) != 0 && number(step, "gid") != 0) {
      fault.add("can be changed by group " + number(step, "gid"));
    }
    if ((mode & 0002) != 0) {
      fault.add("can be changed by everybody");
    }
    return fault;
  }

  private static int number(Path step, String attribute) throws IOException {
    return (int) Files.getAttribute(step, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
  }

  private static int user() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  private static void readable(Path file, Map<Path, Finding> found) {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        found.putIfAbsent(
            file,
            Finding.warning(
                NAME,
                file + " can be read by everybody, and there seems to be a password in it",
                "chgrp lvs-director %s; chmod 640 %s; or let a program read it from a file of its"
                        .formatted(file, file)
                    + " own"));
      }
    } catch (IOException _) {
      return;
    }
  }
}
