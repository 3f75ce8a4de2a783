// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.ServiceKey;

@Timeout(60)
final class OwnServicesTest {
  private static final String TABLE = "boot net:[1]";
  private static final ServiceKey WEB = new ServiceKey.ByMark(1, IpAddress.Family.IPV4);
  private static final ServiceKey MAIL = new ServiceKey.ByMark(2, IpAddress.Family.IPV4);

  @TempDir Path folder = Path.of("");

  private Path file() {
    return folder.resolve("services");
  }

  @Test
  void whatIsNotedIsInTheFileBeforeItIsMade() {
    var own = OwnServices.read(file(), TABLE);
    own.add(List.of(WEB, MAIL));
    own.remove(List.of(MAIL));

    var next = OwnServices.read(file(), TABLE);

    assertThat(next.has(WEB)).isTrue();
    assertThat(next.has(MAIL)).isFalse();
  }

  @Test
  void aDiskThatHangsHoldsNoChangeUp() {
    OwnServices.read(file(), TABLE).add(List.of(WEB));
    var forEver = new CompletableFuture<Void>();
    var own = OwnServices.read(file(), TABLE, (_, _) -> forEver.join());

    own.add(List.of(MAIL));
    own.remove(List.of(WEB));

    assertThat(own.has(MAIL)).isTrue();
    assertThat(own.has(WEB)).isFalse();
    assertThat(OwnServices.read(file(), TABLE).has(WEB)).as("as it was before").isTrue();
  }
}
