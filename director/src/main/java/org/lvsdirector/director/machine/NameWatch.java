// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.linux.AgentLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks once a minute where the hosts are that lvs.cf names. One that has moved is taken by a
 * reload, but never together with what somebody has written into the file since.
 */
public final class NameWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NameWatch.class);
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Supplier<HostNames> names;
  private final Predicate<NameResolver> isInForce;
  private final Runnable reload;
  private final AgentLoop loop;
  private List<String> told = List.of();

  /**
   * Watches once it is started.
   *
   * @param names with which the file in force was read
   * @param isInForce whether the file, with such names, says what is in force
   * @param reload reads the file again
   */
  public NameWatch(Supplier<HostNames> names, Predicate<NameResolver> isInForce, Runnable reload) {
    this.names = names;
    this.isInForce = isInForce;
    this.reload = reload;
    loop =
        new AgentLoop(
            "names",
            this::turn,
            e -> LOG.error("host names are asked for again after a defect", e));
  }

  /** Begins. */
  public NameWatch start() {
    loop.start();
    return this;
  }

  private void turn() throws InterruptedException {
    loop.pause(PAUSE_NANOS);
    if (!loop.isClosing()) {
      look();
    }
  }

  /** Asks now. */
  void look() {
    var inForce = names.get();
    var changes = inForce.changes(inForce.again());
    if (changes.isEmpty() || changes.equals(told)) {
      told = changes;
      return;
    }
    told = changes;
    var text = String.join(", ", changes);
    if (isInForce.test(inForce.repeated())) {
      LOG.warn("{}: lvs.cf is read again", text);
      reload.run();
    } else {
      LOG.warn("{}: lvs.cf was edited, so this waits for a reload", text);
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
