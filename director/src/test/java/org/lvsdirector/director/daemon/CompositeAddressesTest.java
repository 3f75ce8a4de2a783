// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.engine.AddressBound;
import org.lvsdirector.engine.AddressUnavailableException;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.EngineStats;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.TableOp;
import org.lvsdirector.pulse.port.VirtualAddresses;

class CompositeAddressesTest {

  private static final IpAddress FIRST = IpAddress.of("127.0.9.1");
  private static final IpAddress SECOND = IpAddress.of("127.0.9.2");
  private static final List<VirtualAddress> BOTH =
      List.of(
          new VirtualAddress(FIRST, 32, "lo", "lo:1"),
          new VirtualAddress(SECOND, 32, "lo", "lo:2"));

  private final List<String> calls = new ArrayList<>();
  private boolean isKernelRefusing;
  private boolean isEngineRefusing;
  private boolean isAhead = true;

  private final class Kernel implements VirtualAddresses {
    @Override
    public void acquire(List<VirtualAddress> addresses) throws IOException {
      calls.add("kernel " + addresses.size());
      if (isKernelRefusing) {
        throw new IOException("127.0.9.2/32 on lo: EPERM");
      }
    }

    @Override
    public void announce(List<VirtualAddress> addresses) {}

    @Override
    public void release() {
      calls.add("kernel releases");
    }
  }

  private final class Bound implements ForwardingEngine, AddressBound {
    @Override
    public void acquire(Collection<IpAddress> addresses) throws AddressUnavailableException {
      calls.add("engine " + addresses);
      if (isEngineRefusing) {
        throw new AddressUnavailableException("in use");
      }
    }

    @Override
    public boolean listenAhead() {
      return isAhead;
    }

    @Override
    public void release() {
      calls.add("engine releases");
    }

    @Override
    public void examine(Collection<IpAddress> addresses) {}

    @Override
    public void rehearse() {}

    @Override
    public void onDeath(Runnable action) {}

    @Override
    public Map<ServiceKey, String> unheard() {
      return Map.of();
    }

    @Override
    public String name() {
      return "bound";
    }

    @Override
    public void timeouts(GlobalSettings global) {}

    @Override
    public Availability availability() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Table read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void apply(List<TableOp> changes) {}

    @Override
    public EngineStats stats() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private void acquire() throws IOException {
    CompositeAddresses.of(new Kernel(), new Bound()).acquire(BOTH);
  }

  @Test
  void theEngineListensBeforeTheAddressesAreThere() throws IOException {
    acquire();
    assertThat(calls).containsExactly("engine [127.0.9.1, 127.0.9.2]", "kernel 2");
  }

  @Test
  void anEngineThatCannotListenAheadDoesSoOnceTheAddressesAreThere() throws IOException {
    isAhead = false;
    acquire();
    assertThat(calls).containsExactly("kernel 2", "engine [127.0.9.1, 127.0.9.2]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theEngineListensUntilTheAddressesHaveGone(boolean ahead) throws IOException {
    isAhead = ahead;
    CompositeAddresses.of(new Kernel(), new Bound()).release();
    assertThat(calls).containsExactly("kernel releases", "engine releases");
  }

  @Test
  void oneAddressThatIsNotThereKeepsTheEngineFromListeningOnNoOther() {
    isKernelRefusing = true;
    isAhead = false;
    assertThatThrownBy(this::acquire).isInstanceOf(IOException.class).hasMessageContaining("EPERM");
    assertThat(calls).containsExactly("kernel 2", "engine [127.0.9.1, 127.0.9.2]");
  }

  @Test
  void anEngineThatCannotListenKeepsNoAddressFromBeingThere() {
    isEngineRefusing = true;
    assertThatThrownBy(this::acquire).hasMessageContaining("in use");
    assertThat(calls).containsExactly("engine [127.0.9.1, 127.0.9.2]", "kernel 2");
  }

  @Test
  void whenBothRefuseBothAreSaid() {
    isKernelRefusing = true;
    isEngineRefusing = true;
    assertThatThrownBy(this::acquire)
        .hasMessageContaining("in use")
        .satisfies(
            thrown ->
                assertThat(thrown.getSuppressed())
                    .singleElement()
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("EPERM"));
  }

  @Test
  void withoutAKernelTheEngineAloneHolds() throws IOException {
    CompositeAddresses.of(null, new Bound()).acquire(BOTH);
    assertThat(calls).containsExactly("engine [127.0.9.1, 127.0.9.2]");
  }
}
