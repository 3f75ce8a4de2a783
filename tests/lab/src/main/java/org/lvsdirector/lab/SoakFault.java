// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a soak does to one of the two directors for a while. */
enum SoakFault {
  /** Its daemon gets SIGKILL, and is started again as systemd does it. */
  KILL(true) {
    @Override
    void begin(Soak.Pair pair, Node node) throws IOException {
      pair.directors().kill(node);
    }

    @Override
    void end(Soak.Pair pair, Node node) throws IOException {
      pair.directors().start(node);
    }
  },
  /** Its daemon hangs: SIGSTOP, later SIGCONT. */
  HANG(true) {
    @Override
    void begin(Soak.Pair pair, Node node) {
      pair.directors().freeze(node);
    }

    @Override
    void end(Soak.Pair pair, Node node) {
      pair.directors().thaw(node);
    }
  },
  /** Its cable to the clients is pulled. */
  PUBLIC_CABLE(true) {
    @Override
    void begin(Soak.Pair pair, Node node) throws IOException {
      pair.network().unplug(node, Net.PUBLIC);
    }
  },
  /** Its cable to the partner is pulled. */
  PRIVATE_CABLE(false) {
    @Override
    void begin(Soak.Pair pair, Node node) throws IOException {
      pair.network().unplug(node, Net.PRIVATE);
    }
  },
  /** Both cables of heartbeats are pulled. */
  BOTH_CABLES(true) {
    @Override
    void begin(Soak.Pair pair, Node node) throws IOException {
      pair.network().unplug(node, Net.PUBLIC, Net.PRIVATE);
    }
  },
  /** Nothing that it sends arrives. */
  MUTE(true) {
    @Override
    void begin(Soak.Pair pair, Node node) throws IOException {
      pair.network().mute(node, Net.PUBLIC);
      pair.network().mute(node, Net.PRIVATE);
    }
  },
  /** It hears no heartbeats. */
  DEAF(true) {
    @Override
    void begin(Soak.Pair pair, Node node) throws IOException {
      pair.network().deafenToHeartbeats(node);
    }
  },
  /** Nobody reads its log. */
  LOG_STUCK(false) {
    @Override
    void begin(Soak.Pair pair, Node node) throws IOException {
      pair.directors().stopReader(node);
    }

    @Override
    void end(Soak.Pair pair, Node node) {
      pair.directors().resumeReader(node);
    }
  },
  /** The disk of its state is full, and the partner is told to hand the role over meanwhile. */
  DISK_FULL(true) {
    @Override
    void begin(Soak.Pair pair, Node node) throws IOException {
      pair.disk(node).fill();
      pair.failOver();
    }

    @Override
    void end(Soak.Pair pair, Node node) throws IOException {
      pair.disk(node).clear();
    }
  },
  /** The virtual address is taken off its device, where it has it. */
  ADDRESS_GONE(false) {
    @Override
    void begin(Soak.Pair pair, Node node) throws IOException {
      if (pair.directors().isActive(node)) {
        pair.network().host(node).ip("address del " + Lab.VIRTUAL_4 + "/24 dev eth0");
      }
    }
  },
  /** Its daemon runs by a clock of its own, which goes an hour ahead, then back. */
  CLOCK_STEPS(true) {
    @Override
    void begin(Soak.Pair pair, Node node) throws IOException {
      var clock = pair.clock();
      Files.writeString(clock, "+0");
      pair.restart(node, FalseClock.environment(clock));
      step(clock, "+3600");
      step(clock, "-3600");
    }

    private static void step(Path clock, String by) throws IOException {
      Files.writeString(clock, by);
      Waiting.nanos(FalseClock.DELAY_NANOS);
    }

    @Override
    void end(Soak.Pair pair, Node node) throws IOException {
      pair.restart(node, Map.of());
    }
  };

  private final boolean mayMoveTheRole;

  SoakFault(boolean mayMoveTheRole) {
    this.mayMoveTheRole = mayMoveTheRole;
  }

  /** Whether another director may be active after it. */
  boolean mayMoveTheRole() {
    return mayMoveTheRole;
  }

  /**
   * From when on two may not answer for longer than the bound: from the beginning, but for a daemon
   * that does nothing any more, whose kernel goes on answering, and for directors that are parted.
   */
  boolean countsFromItsEnd() {
    return switch (this) {
      case KILL, HANG, BOTH_CABLES, MUTE, DEAF -> true;
      case PUBLIC_CABLE, PRIVATE_CABLE, LOG_STUCK, DISK_FULL, ADDRESS_GONE, CLOCK_STEPS -> false;
    };
  }

  /** Does it. */
  abstract void begin(Soak.Pair pair, Node node) throws IOException;

  /** Ends it; cables and filters are mended for all. */
  void end(Soak.Pair pair, Node node) throws IOException {
    pair.network().mend(node);
  }
}
