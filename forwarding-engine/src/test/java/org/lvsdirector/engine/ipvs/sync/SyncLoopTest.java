// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.ConnectionSync;
import org.lvsdirector.engine.ipvs.KernelSync;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.linux.Libc;

/** The two threads, on a machine whose settings and services cannot be read: no kernel is asked. */
@Timeout(60)
class SyncLoopTest {
  private final BlockingQueue<Thread> compared = new LinkedBlockingQueue<>();
  @TempDir private Path folder;
  private SyncLoop loop;

  @BeforeEach
  void start() throws IOException {
    var noFolder = Files.createFile(folder.resolve("sysctls"));
    var settings =
        new SyncSettings(
            new ConnectionSync("lo", 1), folder.resolve("notes"), folder.resolve("list"), noFolder);
    loop =
        SyncLoop.start(
            settings,
            new KernelSync(Libc.system()),
            this::services,
            _ -> {
              throw new IOException("nobody asks without services");
            });
  }

  private Table services() {
    compared.add(Thread.currentThread());
    throw new IllegalStateException("no services");
  }

  @AfterEach
  void end() {
    loop.leave();
  }

  @Test
  void standbyComparesAgainAndAgainAfterAFailure() throws InterruptedException {
    loop.role(false);
    assertThat(compared.take().getName()).isEqualTo("sync-compare");
    assertThat(compared.take().getName()).isEqualTo("sync-compare");
  }

  @Test
  void leavingEndsTheThread() throws InterruptedException {
    loop.role(false);
    var thread = compared.take();
    loop.leave();
    thread.join();
    loop.leave();
  }
}
