// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Config;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.config.directorconf.DirectorConf;
import org.lvsdirector.config.directorconf.DirectorConf.AddressHolder;
import org.lvsdirector.director.machine.StartException;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.linux.Capabilities;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.pulse.addresses.AddressListener;
import org.lvsdirector.pulse.addresses.AddressSettings;
import org.lvsdirector.pulse.addresses.AddressStatus;
import org.lvsdirector.pulse.addresses.KernelAddresses;
import org.lvsdirector.pulse.port.Ports;
import org.lvsdirector.pulse.port.VirtualAddresses;
import org.lvsdirector.pulse.seal.AnnouncementTag;
import org.lvsdirector.pulse.seal.KeyRing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds the virtual addresses of this machine. The kernel has them on its interfaces where it
 * may; an engine whose sockets are bound to them is told when it may listen. Addresses that are
 * there anyway, as all of 127.0.0.0/8 is, concern the engine alone.
 */
public final class MachineAddresses implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MachineAddresses.class);

  private final CompositeAddresses all;
  private final Path record;
  private final AddressHolder holder;
  private final Told told = new Told();
  private final @Nullable KernelAddresses kernel;

  /** What pulse is told, once it runs. */
  private static final class Told implements AddressListener {
    private String problem = "";
    private @Nullable Consumer<String> devices;
    private @Nullable Runnable announced;

    synchronized void to(Consumer<String> newDevices, Runnable newAnnounced) {
      devices = newDevices;
      announced = newAnnounced;
      newDevices.accept(problem);
    }

    @Override
    public synchronized void devicesChanged(String newProblem) {
      problem = newProblem;
      if (devices != null) {
        devices.accept(newProblem);
      }
    }

    @Override
    public synchronized void partnerAnnounced() {
      if (announced != null) {
        announced.run();
      }
    }
  }

  /**
   * What addresses are opened with.
   *
   * @param conf this machine's director.conf
   * @param config the lvs.cf in force
   * @param engine what forwards
   * @param tags by which the directors know each other's announcements
   */
  public record Opening(
      DirectorConf conf, Config config, ForwardingEngine engine, AnnouncementTag tags) {}

  private MachineAddresses(Opening opening, boolean isKernel) throws IOException {
    var conf = opening.conf;
    record = record(conf);
    holder = conf.addresses();
    kernel = isKernel ? openKernel(opening) : null;
    all = CompositeAddresses.of(kernel, opening.engine);
  }

  private KernelAddresses openKernel(Opening opening) throws IOException {
    return KernelAddresses.open(Libc.system(), settings(opening.config), opening.tags, told);
  }

  /**
   * Opens what director.conf asks for. Nothing is held yet.
   *
   * @throws StartException when the kernel shall hold the addresses and this process may not
   */
  public static MachineAddresses open(Opening opening) throws StartException {
    try {
      var isKernel = isKernel(opening.conf.addresses(), opening.config);
      return new MachineAddresses(opening, isKernel);
    } catch (IOException e) {
      throw new StartException("cannot hold virtual addresses on interfaces: " + e.getMessage());
    }
  }

  private static boolean isKernel(AddressHolder wanted, Config config) throws StartException {
    var mayHold = mayHold();
    return switch (wanted) {
      case ENGINE -> false;
      case KERNEL -> {
        if (!mayHold) {
          throw new StartException(
              "director.conf says addresses = kernel, but this process may not change interfaces:"
                  + " run it as root or give it CAP_NET_ADMIN and CAP_NET_RAW");
        }
        yield true;
      }
      case AUTO -> {
        if (!mayHold && hasBeyondLoopback(config)) {
          LOG.warn(
              "virtual addresses are not put on interfaces, since this process has not"
                  + " CAP_NET_ADMIN and CAP_NET_RAW: they must be there already");
        }
        yield mayHold && hasBeyondLoopback(config);
      }
    };
  }

  private static boolean hasBeyondLoopback(Config config) {
    return !config.heldAddresses().stream()
        .map(VirtualAddress::address)
        .allMatch(IpAddress::isLoopback);
  }

  /** Where the addresses that were added are noted. */
  public static Path record(DirectorConf conf) {
    return conf.stateDir().resolve("addresses");
  }

  private AddressSettings settings(Config config) {
    return new AddressSettings(config.heldAddresses(), config.global().isMonitoringLinks(), record);
  }

  /** All of them, for pulse. */
  VirtualAddresses all() {
    return all;
  }

  /** What is around pulse, with the neighbours of the addresses where there are such. */
  Ports around(Ports others) {
    return kernel == null ? others : others.with(kernel.neighbours());
  }

  /** Tells what happens around the addresses, from now on. */
  void tell(Consumer<String> deviceProblem, Runnable partnerAnnounced) {
    told.to(deviceProblem, partnerAnnounced);
  }

  /** Goes on with other keys. */
  void rekey(KeyRing keys) {
    if (kernel != null) {
      kernel.rekey(keys);
    }
  }

  /** Other addresses from the next acquisition on. */
  void reconfigure(Config fresh) {
    if (kernel != null) {
      kernel.reconfigure(settings(fresh));
    }
  }

  /** What of a file waits for a restart of this director; empty when nothing does. */
  String waiting(Config fresh) {
    return kernel == null && holder == AddressHolder.AUTO && mayHold() && hasBeyondLoopback(fresh)
        ? "virtual addresses beyond 127.0.0.0/8 (address), to be put on interfaces"
        : "";
  }

  private static boolean mayHold() {
    var capabilities = Capabilities.ofThisProcess();
    return capabilities.hasNetAdmin() && capabilities.hasNetRaw();
  }

  /** The addresses on interfaces; null when there are none. */
  @Nullable AddressStatus status() {
    return kernel == null ? null : kernel.status();
  }

  /** Releases when nobody is left to try again. */
  void releaseAtLast() {
    try {
      all.release();
    } catch (IOException | RuntimeException e) {
      LOG.error("virtual addresses stay on this machine: {}", e.getMessage(), e);
    }
  }

  /** Ends the threads around the addresses; what is held stays held. */
  @Override
  public void close() {
    if (kernel != null) {
      kernel.close();
    }
  }
}
