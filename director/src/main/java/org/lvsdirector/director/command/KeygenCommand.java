// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.pulse.seal.KeyFile;
import org.lvsdirector.pulse.seal.KeyRing;
import org.lvsdirector.pulse.seal.SealKey;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code director keygen}: makes the key that seals heartbeats, and replaces it step by step. */
@Command(
    name = "keygen",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new key file, where director.conf expects it (heartbeat.key-file). `director pair`"
          + " brings it to the partner; or copy it over a safe way. Root gives it to the user"
          + " lvs-director where there is one; only its owner may read it. A pair beyond one"
          + " machine does not start without.",
      "To replace the key of a running pair without a gap: --add on one director, copy the file to"
          + " the other, `director reload` on both; --use, copy, reload both; --drop, copy, reload"
          + " both.",
      "To give a running pair its first key: copy the file, set heartbeat.accept-unsealed = true on"
          + " both and restart one after the other; then set it to false and restart again. Each"
          + " takes unsealed heartbeats only until it has heard a sealed one.",
      "Exit status: 0 done, 1 the file cannot be read or written, or is there already."
    })
public final class KeygenCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The key file (default: /etc/lvs-director/key).")
  private Path file = DirectorConf.USUAL_KEY_FILE;

  @ArgGroup private @Nullable Step step;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** One step of replacing a key. */
  private static final class Step {
    @Option(names = "--add", description = "Add a new key that opens but does not seal yet.")
    boolean isAdd;

    @Option(names = "--use", description = "Let the newest key seal; the others still open.")
    boolean isUse;

    @Option(names = "--drop", description = "Drop every key but the one that seals.")
    boolean isDrop;
  }

  @Override
  public Integer call() {
    try {
      var keys = step == null ? create() : replace(step);
      InstalledFile.writeKeys(file, keys);
      spec.commandLine()
          .getOut()
          .println(file + ": seals with " + keys.keys().getFirst() + ", opens " + keys.keys());
      spec.commandLine().getOut().flush();
      return ExitStatus.DONE;
    } catch (IOException failed) {
      spec.commandLine().getErr().println("director: " + failed.getMessage());
      return ExitStatus.REFUSED;
    }
  }

  private KeyRing create() throws IOException {
    if (Files.exists(file)) {
      throw new IOException(
          file + " exists already; see --add for a new key, or remove the file first");
    }
    return new KeyRing(List.of(freshKey()));
  }

  private KeyRing replace(Step wanted) throws IOException {
    var keys = new ArrayList<>(KeyFile.read(file).keys());
    if (wanted.isAdd) {
      keys.add(freshKey());
    } else if (wanted.isUse) {
      keys.addFirst(keys.removeLast());
    }
    if (wanted.isDrop) {
      keys.subList(1, keys.size()).clear();
    }
    return new KeyRing(keys);
  }

  static SealKey freshKey() {
    var secret = new byte[SealKey.BYTES];
    new SecureRandom().nextBytes(secret);
    return SealKey.of(secret);
  }
}
