// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.linux.InterfaceAddress;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.NetworkLink;
import org.lvsdirector.linux.RouteEvent;
import org.lvsdirector.pulse.addresses.Neighbourhood.Claimant;
import org.lvsdirector.pulse.port.Ports;
import org.lvsdirector.pulse.port.VirtualAddresses;
import org.lvsdirector.pulse.seal.AnnouncementTag;
import org.lvsdirector.pulse.seal.KeyRing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtual addresses on this machine's interfaces. Holds them, announces them, puts them back
 * when somebody else removes them, and tells when their interfaces cannot serve. Everything it
 * needs is opened at the start, in the network namespace of the thread that opens it.
 */
public final class KernelAddresses implements VirtualAddresses, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KernelAddresses.class);

  private static final long ASKING_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Libc libc;
  private final AnnouncementTag tags;
  private final AddressListener listener;
  private final OwnAddresses own;
  private final Announcer announcer;
  private final Neighbourhood neighbourhood;
  private final ConflictWatch conflicts;
  private final InterfaceWatch watch;

  /** Who changes addresses: the thread of the effects, or the watch that puts them back. */
  private final ReentrantLock lock = new ReentrantLock();

  private final PutBackPace pace = new PutBackPace();
  private volatile AddressSettings settings;
  private List<VirtualAddress> held = List.of();
  private boolean isAnnouncing;
  private boolean isIdle;
  private long putBack;
  private long removed;
  private volatile String deviceProblem = "";
  private volatile String problem = "";

  private KernelAddresses(
      Libc libc,
      AddressSettings settings,
      AnnouncementTag tags,
      AddressListener listener,
      long askingPauseNanos)
      throws LinuxException {
    this.libc = libc;
    this.tags = tags;
    this.settings = settings;
    this.listener = listener;
    watch = new InterfaceWatch(libc, this::happened);
    own = new OwnAddresses(libc, settings.record());
    announcer = new Announcer(libc, tags);
    neighbourhood = new Neighbourhood(libc, tags, listener::partnerAnnounced);
    conflicts =
        new ConflictWatch(this::askedFor, neighbourhood::ask, announcer::once, askingPauseNanos);
    expect();
  }

  /**
   * Opens all sockets and begins to watch. Holds nothing yet, and touches nothing that an earlier
   * process left.
   *
   * @param tags by which the directors know each other's announcements
   * @throws IOException when this process may not
   */
  public static KernelAddresses open(
      Libc libc, AddressSettings settings, AnnouncementTag tags, AddressListener listener)
      throws IOException {
    return open(libc, settings, tags, listener, ASKING_PAUSE_NANOS);
  }

  /** The same, with the time between two questions whether others answer for what is held. */
  static KernelAddresses open(
      Libc libc,
      AddressSettings settings,
      AnnouncementTag tags,
      AddressListener listener,
      long askingPauseNanos)
      throws IOException {
    var addresses = new KernelAddresses(libc, settings, tags, listener, askingPauseNanos);
    addresses.lookAtDevices();
    addresses.watch.start();
    addresses.conflicts.start();
    return addresses;
  }

  /** What answers for pulse whether other machines hold the addresses. */
  public Ports.Neighbours neighbours() {
    return new Ports.Neighbours() {
      @Override
      public boolean isForeignAnswering() throws IOException {
        return neighbourhood.ask(probes()).isPresent();
      }

      @Override
      public void beacon() throws IOException {
        KernelAddresses.this.beacon();
      }
    };
  }

  /** Goes on with other keys; announcements were sealed from the start, or are not now. */
  public void rekey(KeyRing keys) {
    tags.rekey(keys);
  }

  /** Other settings from now on; what is held stays as it is until the next acquisition. */
  public void reconfigure(AddressSettings fresh) {
    lock.lock();
    try {
      settings = fresh;
      expect();
    } finally {
      lock.unlock();
    }
    lookAtDevices();
  }

  @Override
  public boolean hasFound(List<VirtualAddress> addresses) {
    lock.lock();
    try {
      var found = own.inPlace(AddressSettings.held(addresses));
      isIdle = found.isEmpty();
      if (!found.isEmpty()) {
        LOG.info("found in place: {}", own.text(found));
      }
      return !found.isEmpty();
    } catch (LinuxException e) {
      LOG.warn("cannot tell which addresses are in place: {}", e.getMessage());
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void acquire(List<VirtualAddress> addresses) throws IOException {
    lock.lock();
    try {
      var wanted = AddressSettings.held(addresses);
      held = wanted;
      isIdle = false;
      end(own.take(wanted));
    } catch (LinuxException e) {
      problem = String.valueOf(e.getMessage());
      throw e;
    } finally {
      expect();
      lock.unlock();
    }
  }

  @Override
  public void examine(List<VirtualAddress> addresses) throws IOException {
    lock.lock();
    try {
      var problems = own.obstacles(AddressSettings.held(addresses));
      if (!problems.isEmpty()) {
        throw new IOException(OwnAddresses.joined(problems));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Remembers the problems for people; fails when there are some. */
  private void end(List<String> problems) throws IOException {
    problem = OwnAddresses.joined(problems);
    if (!problems.isEmpty()) {
      throw new IOException(problem);
    }
  }

  @Override
  public void announce(List<VirtualAddress> addresses) throws IOException {
    lock.lock();
    try {
      if (!AddressSettings.held(addresses).equals(held)) {
        throw new IOException("not all of these addresses are held");
      }
      isAnnouncing = true;
      announcer.announce(announced(held));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void fallSilent() {
    lock.lock();
    try {
      isAnnouncing = false;
      announcer.stop();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void release() throws IOException {
    lock.lock();
    try {
      fallSilent();
      var given = new ArrayList<>(held);
      given.addAll(settings.virtuals());
      held = List.of();
      isIdle = true;
      end(own.giveUp(given));
    } finally {
      expect();
      lock.unlock();
    }
  }

  @Override
  public void rehearse(List<VirtualAddress> addresses) throws IOException {
    AddressRehearsal.run(libc, AddressSettings.held(addresses), tags);
  }

  /** The addresses, for people. */
  public AddressStatus status() {
    var announced = announcer.status();
    lock.lock();
    try {
      var shown = problem.isEmpty() ? deviceProblem : problem;
      return new AddressStatus(
          places(announced),
          announced.frames(),
          announced.failures(),
          putBack,
          removed,
          conflicts.seen(),
          conflicts.conflict(),
          neighbourhood.foreignHeard(),
          shown.isEmpty() ? announced.problem() : shown);
    } finally {
      lock.unlock();
    }
  }

  private List<AddressStatus.Place> places(Announcer.Status announced) {
    var now = own.seen();
    var byHost = now.byHost();
    var places = new ArrayList<AddressStatus.Place>();
    for (var virtual : settings.virtuals()) {
      var host = Interfaces.host(virtual.address());
      var link = now.placeOf(virtual);
      var isPresent =
          byHost.getOrDefault(host, List.of()).stream()
              .anyMatch(at -> link.isPresent() && link.get().index() == at.linkIndex());
      var sentAt = announced.sentAtNanos().get(host);
      places.add(
          new AddressStatus.Place(
              virtual.address() + "/" + virtual.prefix(),
              link.map(NetworkLink::name).orElse(virtual.device()),
              isPresent,
              sentAt == null
                  ? -1
                  : TimeUnit.NANOSECONDS.toMillis(Math.max(0, System.nanoTime() - sentAt))));
    }
    return places;
  }

  private Interfaces look() throws LinuxException {
    var now = own.look();
    expect();
    return now;
  }

  /** Listens for others that announce the virtual addresses, where they belong by now. */
  private void expect() {
    neighbourhood.expect(OwnAddresses.hosts(settings.virtuals()), own.seen());
  }

  // ---- what happens to the interfaces -----------------------------------------------------------

  /** On the thread of the watch. */
  private void happened(List<RouteEvent> events) {
    LockSupport.parkNanos(pace.pauseNanos(System.nanoTime()));
    var before = own.seen();
    try {
      var now = mended();
      lookAtDevices();
      if (hasReturned(before, now)) {
        announceAgain();
      }
    } catch (IOException e) {
      LOG.warn("after {} changes of interfaces: {}", events.size(), e.getMessage());
      lookAtDevices();
    }
  }

  private Interfaces mended() throws IOException {
    lock.lock();
    try {
      var now = look();
      mend();
      clear();
      return now;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What was cut off is there again. Whoever took over meanwhile is not talked over: pulse decides
   * between the two when they hear each other, and the winner announces.
   */
  private void announceAgain() throws IOException {
    var asked = askedFor();
    var other = asked.isEmpty() ? Optional.<Claimant>empty() : neighbourhood.ask(asked);
    if (other.isPresent()) {
      LOG.warn(
          "a network is there again, and {} answers for {}: nothing is announced",
          other.get().mac(),
          Interfaces.text(other.get().address()));
      return;
    }
    lock.lock();
    try {
      if (isAnnouncing) {
        announcer.announce(announced(held));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Puts back what somebody else removed. */
  private void mend() throws IOException {
    var missing = own.missing(held);
    if (missing.isEmpty()) {
      return;
    }
    LOG.warn("removed by somebody else, put back: {}", own.text(missing));
    problem = OwnAddresses.joined(own.make(held));
    putBack += missing.size();
    pace.putBack(System.nanoTime());
    if (isAnnouncing) {
      announcer.announce(announced(held));
    }
  }

  /**
   * Removes what somebody else has put there while this director is to have none: two machines
   * would answer for it. On other interfaces than theirs, such as the loopback of a director that
   * is a real server as well, virtual addresses are left alone.
   */
  private void clear() throws IOException {
    var excess = isIdle ? own.inPlace(settings.virtuals()) : List.<InterfaceAddress>of();
    if (excess.isEmpty()) {
      return;
    }
    LOG.warn("put there by somebody else while not active, removed: {}", own.text(excess));
    removed += excess.size();
    pace.putBack(System.nanoTime());
    problem = OwnAddresses.joined(own.giveUp(settings.virtuals()));
  }

  /** Whether an interface has its carrier again, or another MAC address: switches learn anew. */
  private static boolean hasReturned(Interfaces before, Interfaces after) {
    return after.links().stream()
        .filter(NetworkLink::hasCarrier)
        .anyMatch(
            link ->
                before
                    .link(link.index())
                    .filter(old -> old.hasCarrier() && old.mac().equals(link.mac()))
                    .isEmpty());
  }

  private void lookAtDevices() {
    var current = own.seen();
    var found = Devices.problem(settings.virtuals(), current, settings.isMonitoringLinks());
    if (!found.equals(deviceProblem)) {
      deviceProblem = found;
      LOG.warn("interfaces of the virtual addresses: {}", found.isEmpty() ? "all well" : found);
      listener.devicesChanged(found);
    }
  }

  // ---- who is told ------------------------------------------------------------------------------

  private List<Announced> announced(List<VirtualAddress> virtuals) {
    return Announced.where(virtuals, own.seen());
  }

  /**
   * What others may be asked for. Not IPv6 addresses: who has one answers such a question by an
   * advertisement to all nodes, which takes the clients along.
   */
  private List<Announced> askedFor() {
    lock.lock();
    try {
      var all = isAnnouncing ? announced(held) : List.<Announced>of();
      return all.stream().filter(one -> !one.address().isIpv6()).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Every virtual address, where this machine would announce it. */
  private List<Announced> probes() throws IOException {
    lock.lock();
    try {
      look();
      return announced(settings.virtuals());
    } finally {
      lock.unlock();
    }
  }

  private void beacon() throws IOException {
    lock.lock();
    try {
      var announced = announced(held);
      if (!announced.isEmpty()) {
        announcer.once(announced.getFirst());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends all threads. What is held stays held. */
  @Override
  public void close() {
    watch.close();
    conflicts.close();
    announcer.close();
    neighbourhood.close();
    lock.lock();
    try {
      own.close();
    } finally {
      lock.unlock();
    }
  }
}
