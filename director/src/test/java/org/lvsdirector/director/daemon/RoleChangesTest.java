// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class RoleChangesTest {
  private static final long LONG_NANOS = Duration.ofHours(1).toNanos();

  private final RoleChanges changes = new RoleChanges();

  @Test
  void doesNotWaitForWhatIsSo() throws InterruptedException {
    assertThat(changes.await(() -> true, 0)).isTrue();
  }

  @Test
  void endsWithoutAChangeWhenItsTimeIsUp() throws InterruptedException {
    assertThat(changes.await(() -> false, 1)).isFalse();
  }

  @Test
  @Timeout(60)
  void looksAgainAfterEachChange() throws InterruptedException {
    var role = new AtomicInteger();
    var looked = new CountDownLatch(1);
    var ended = new CompletableFuture<Boolean>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                ended.complete(
                    changes.await(
                        () -> {
                          looked.countDown();
                          return role.get() == 2;
                        },
                        LONG_NANOS));
              } catch (InterruptedException interrupted) {
                ended.completeExceptionally(interrupted);
              }
            });
    looked.await();
    role.set(1);
    changes.changed();
    role.set(2);
    changes.changed();

    assertThat(ended.join()).isTrue();
  }
}
