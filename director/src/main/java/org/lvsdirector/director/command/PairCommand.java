// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.Console;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.director.machine.PrintableWriter;
import org.lvsdirector.director.machine.ProblemReport;
import org.lvsdirector.director.pairing.OneTimeCode;
import org.lvsdirector.director.pairing.PairBundle;
import org.lvsdirector.director.pairing.PairCode;
import org.lvsdirector.director.pairing.PairGuest;
import org.lvsdirector.director.pairing.PairHost;
import org.lvsdirector.pulse.seal.KeyFile;
import org.lvsdirector.pulse.seal.KeyRing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code director pair}: brings the key, and lvs.cf if wanted, to the other director. */
@Command(
    name = "pair",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the key of the heartbeats from one director to the other, and lvs.cf if wanted. On"
          + " the first, without arguments: makes a key unless there is one, shows a code, and"
          + " waits. On the other, with an address of the first and the code: takes the key.",
      "The code is good for one pairing, for 10 minutes, and ends with the third try. Who hears the"
          + " exchange, answers in the other's place or guesses learns nothing of the key; whoever"
          + " has the code in time gets it. What listens needs TCP port 8539, for as long as it"
          + " waits.",
      "Run it as root: the key then belongs to the user lvs-director where there is one, and only"
          + " its owner may read it. A key that is there is not replaced without --force.",
      "Exit status: 0 the key is on the other machine, 1 it is not, 2 wrong usage."
    })
public final class PairCommand implements Callable<Integer> {
  private static final Duration LIFE = Duration.ofMinutes(10);

  @Mixin private ConfFileOption conf = new ConfFileOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "HOST",
      description = "The director that shows the code: an address or a name.")
  private @Nullable String host;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CODE",
      description = "The code that it shows (default: asked for, so that it is in no history).")
  private @Nullable String typed;

  @Option(names = "--port", paramLabel = "PORT", description = "The TCP port (default: 8539).")
  private int port = 8539;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = "Wait on this address alone (default: on all).")
  private @Nullable String listen;

  @Option(names = "--force", description = "Replace a key that is there.")
  private boolean isForced;

  @Option(
      names = "--lvs-cf",
      negatable = true,
      description =
          "Take lvs.cf of the other machine without asking, also over one that is there; with"
              + " --no-lvs-cf neither take nor offer it. Without either it is asked.")
  private @Nullable Boolean isLvsCfWanted;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      var settings = settings();
      var file = settings.heartbeatKeyFile();
      if (file == null) {
        throw new IOException(
            "heartbeat.key-file = none in director.conf: remove that line, there is no key to"
                + " share");
      }
      return host == null ? wait(settings, file) : fetch(settings, file, host);
    } catch (IOException failed) {
      var words = PrintableWriter.over(spec.commandLine().getErr());
      words.println("director: " + failed.getMessage());
      words.flush();
      return ExitStatus.REFUSED;
    }
  }

  private DirectorConf settings() throws IOException {
    var read = conf.read(Map.of());
    var settings = read.conf();
    if (settings == null) {
      throw new IOException("director.conf: " + ProblemReport.summary(read.problems()));
    }
    return settings;
  }

  // ---- the first machine -----------------------------------------------------------------------

  private int wait(DirectorConf settings, Path file) throws IOException {
    var keys = keys(file);
    var isOffered = isLvsCfWanted == null || isLvsCfWanted;
    var bundle =
        isOffered
            ? LvsCfOffer.of(keys.text(), settings.lvsCf())
            : new PairBundle(keys.text(), "", List.of());
    var address =
        listen == null ? new InetSocketAddress(port) : new InetSocketAddress(address(listen), port);
    try (var pairing = listen(address)) {
      var random = new byte[PairCode.BYTES];
      new SecureRandom().nextBytes(random);
      var code = PairCode.of(random);
      show(code, pairing.address(), bundle);
      var fresh = OneTimeCode.fresh(code, LIFE, System.nanoTime());
      return tell(pairing.serve(fresh, bundle, this::say));
    }
  }

  private KeyRing keys(Path file) throws IOException {
    if (Files.exists(file)) {
      return KeyFile.read(file);
    }
    var fresh = new KeyRing(List.of(KeygenCommand.freshKey()));
    InstalledFile.writeKeys(file, fresh);
    say(file + ": made, " + fresh.keys().getFirst());
    return fresh;
  }

  private static PairHost listen(InetSocketAddress address) throws IOException {
    try {
      return PairHost.open(address);
    } catch (IOException cannot) {
      throw new IOException(
          "cannot listen on TCP port %d: %s; see --port and --listen"
              .formatted(address.getPort(), cannot.getMessage()),
          cannot);
    }
  }

  private void show(PairCode code, InetSocketAddress at, PairBundle bundle) throws IOException {
    var addresses = at.getAddress().isAnyLocalAddress() ? own() : List.of(name(at.getAddress()));
    say("On the other machine, within " + LIFE.toMinutes() + " minutes:");
    say("");
    say(
        "    director pair "
            + (addresses.isEmpty() ? "HOST" : addresses.getFirst())
            + " "
            + code.text()
            + (at.getPort() == 8539 ? "" : " --port " + at.getPort()));
    say("");
    if (addresses.size() > 1) {
      say("or with another address of this one: " + String.join(", ", addresses));
    }
    say("TCP port " + at.getPort() + "; the code is good once, and ends with the third try");
    say(bundle.lvsCf().isEmpty() ? "lvs.cf is not offered" : "lvs.cf is offered as well");
  }

  private static List<String> own() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .map(PairCommand::name)
        .sorted()
        .collect(Collectors.toList());
  }

  private static String name(InetAddress address) {
    return address.getHostAddress().replaceAll("%.*", "");
  }

  private int tell(PairHost.Outcome outcome) {
    switch (outcome) {
      case TAKEN -> say("done: the other machine has the key");
      case SENT ->
          say("the key was sent, but not confirmed: see the other machine, and begin again there");
      case SPENT ->
          say(
              "the code was tried too often, so it ends: begin again for another, and see who"
                  + " tried");
      case EXPIRED -> say("nobody came in time: begin again for another code");
    }
    return outcome == PairHost.Outcome.TAKEN ? ExitStatus.DONE : ExitStatus.REFUSED;
  }

  // ---- the other machine -----------------------------------------------------------------------

  private int fetch(DirectorConf settings, Path file, String from) throws IOException {
    requirePlace(file);
    var code = code();
    var at = new InetSocketAddress(address(from), port);
    var taken = new TakenBundle(file);
    try {
      new PairGuest(code).fetch(at, taken);
    } catch (IOException failed) {
      throw new IOException(
          "no key from %s, TCP port %d: %s%s"
              .formatted(
                  from,
                  port,
                  failed.getMessage(),
                  failed instanceof ConnectException
                      ? "; `director pair` must be waiting there"
                      : ""),
          failed);
    }
    say(file + ": taken, " + taken.keys());
    say(LvsCfOffer.take(taken.bundle(), settings.lvsCf(), isLvsCfWanted, this::ask));
    return ExitStatus.DONE;
  }

  /** Before the code is used up. */
  private void requirePlace(Path file) throws IOException {
    if (Files.exists(file) && !isForced) {
      throw new IOException(file + " exists already; --force replaces it");
    }
    var folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder)) {
      throw new IOException("cannot write in " + folder + ": run this as root");
    }
  }

  private PairCode code() {
    var text = typed;
    var console = console();
    if (text == null && console != null) {
      text = console.readLine("code: ");
    }
    try {
      return PairCode.parse(text == null ? "" : text);
    } catch (IllegalArgumentException none) {
      throw new ParameterException(spec.commandLine(), String.valueOf(none.getMessage()), none);
    }
  }

  private @Nullable Boolean ask(String question) {
    var console = console();
    if (console == null) {
      return null;
    }
    var answer = console.readLine("%s [y/N] ", question);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  private static @Nullable Console console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).orElse(null);
  }

  private static InetAddress address(String name) throws IOException {
    try {
      return InetAddress.getByName(name);
    } catch (UnknownHostException unknown) {
      throw new IOException("no host is called " + name, unknown);
    }
  }

  /** The bundle, with its key stored. */
  private static final class TakenBundle implements PairGuest.Taker {
    private final Path file;
    private PairBundle bundle = new PairBundle("", "", List.of());
    private String keys = "";

    TakenBundle(Path file) {
      this.file = file;
    }

    @Override
    public void take(PairBundle taken) throws IOException {
      var ring = KeyRing.parse(taken.keys());
      InstalledFile.writeKeys(file, ring);
      bundle = taken;
      keys = ring.keys().toString();
    }

    PairBundle bundle() {
      return bundle;
    }

    String keys() {
      return keys;
    }
  }

  private void say(String line) {
    var out = PrintableWriter.over(spec.commandLine().getOut());
    out.println(line);
    out.flush();
  }
}
