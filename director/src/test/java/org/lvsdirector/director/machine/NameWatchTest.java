// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.names.NameResolver.Answer;

class NameWatchTest {
  private static final HostNames.Limits AMPLE =
      new HostNames.Limits(Duration.ofMinutes(1), Duration.ofMinutes(1));

  private final List<IpAddress> reloads = new ArrayList<>();
  private @Nullable IpAddress www = IpAddress.of("192.0.2.1");
  private boolean isEdited;
  private HostNames names = new HostNames(this::lookUp, AMPLE, NameMemory.NONE);
  private final NameWatch watch = new NameWatch(() -> names, _ -> !isEdited, this::reload);

  private List<IpAddress> lookUp(String host) throws UnknownHostException {
    if (www == null) {
      throw new UnknownHostException(host);
    }
    return List.of(www);
  }

  private void reload() {
    names = names.again();
    if (names.address("www", Family.IPV4) instanceof Answer.Found(var address)) {
      reloads.add(address);
    }
  }

  private void lookAt(@Nullable String address) {
    www = address == null ? null : IpAddress.of(address);
    watch.look();
  }

  @Test
  void aHostThatHasMovedIsTakenOnce() {
    reload();
    lookAt("192.0.2.1");
    lookAt("192.0.2.2");
    lookAt("192.0.2.2");
    lookAt("192.0.2.1");
    assertThat(reloads)
        .extracting(IpAddress::toString)
        .containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.1");
  }

  @Test
  void nameServersThatAreAwayChangeNothing() {
    reload();
    lookAt(null);
    assertThat(reloads).hasSize(1);
  }

  @Test
  void aFileThatWasEditedWaitsForItsOperator() {
    reload();
    isEdited = true;
    lookAt("192.0.2.2");
    assertThat(reloads).hasSize(1);
  }

  @Test
  void aFileWithoutNamesAsksNobody() {
    lookAt("192.0.2.2");
    assertThat(reloads).isEmpty();
  }
}
