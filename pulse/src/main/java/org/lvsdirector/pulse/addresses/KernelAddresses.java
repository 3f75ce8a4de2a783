package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.lvsdirector.config.VirtualService.VirtualAddress;
import org.lvsdirector.linux.HostAddress;
import org.lvsdirector.linux.InterfaceAddress;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.NetworkLink;
import org.lvsdirector.linux.RouteEvent;
import org.lvsdirector.pulse.Outside;
import org.lvsdirector.pulse.VirtualAddresses;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtual addresses on this machine's interfaces. Holds them, announces them, puts them back
 * when somebody else removes them, and tells when their interfaces cannot serve. Everything it
 * needs is opened at the start, in the network namespace of the thread that opens it.
 */
public final class KernelAddresses implements VirtualAddresses, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KernelAddresses.class);
  private static final int MOST_PROBLEMS = 5;

  private final Libc libc;
  private final AddressListener listener;
  private final AddressWriter writer;
  private final Announcer announcer;
  private final AddressRecord file;
  private final Neighbourhood neighbourhood;
  private final InterfaceWatch watch;

  /** Who changes addresses: the thread of the effects, or the watch that puts them back. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Set<HostAddress> recorded;
  private final PutBackPace pace = new PutBackPace();
  private volatile AddressSettings settings;
  private List<VirtualAddress> held = List.of();
  private boolean isAnnouncing;
  private long putBack;
  private volatile Interfaces seen;
  private volatile String deviceProblem = "";
  private volatile String problem = "";

  private KernelAddresses(Libc libc, AddressSettings settings, AddressListener listener)
      throws LinuxException {
    this.libc = libc;
    this.settings = settings;
    this.listener = listener;
    recorded = new HashSet<>(AddressRecord.read(settings.record()));
    file = new AddressRecord(settings.record());
    watch = new InterfaceWatch(libc, this::happened);
    writer = new AddressWriter(libc);
    seen = writer.read();
    announcer = new Announcer(libc);
    neighbourhood = new Neighbourhood(libc, listener::foreignAnnounced);
    neighbourhood.expect(hosts(settings.virtuals()), seen);
  }

  /**
   * Opens all sockets and begins to watch. Holds nothing yet, and touches nothing that an earlier
   * process left.
   *
   * @throws IOException when this process may not
   */
  public static KernelAddresses open(Libc libc, AddressSettings settings, AddressListener listener)
      throws IOException {
    var addresses = new KernelAddresses(libc, settings, listener);
    addresses.lookAtDevices();
    addresses.watch.start();
    return addresses;
  }

  /** What answers for pulse whether other machines hold the addresses. */
  public Outside.Neighbours neighbours() {
    return new Outside.Neighbours() {
      @Override
      public boolean isForeignAnswering() throws IOException {
        return neighbourhood.isForeignAnswering(probes());
      }

      @Override
      public void beacon() throws IOException {
        KernelAddresses.this.beacon();
      }
    };
  }

  /** Other settings from now on; what is held stays as it is until the next acquisition. */
  public void reconfigure(AddressSettings fresh) {
    lock.lock();
    try {
      settings = fresh;
      neighbourhood.expect(hosts(fresh.virtuals()), seen);
    } finally {
      lock.unlock();
    }
    lookAtDevices();
  }

  @Override
  public boolean hasFound(List<VirtualAddress> addresses) {
    lock.lock();
    try {
      var found = AddressPlan.toRelease(AddressSettings.held(addresses), look(), recorded);
      if (!found.isEmpty()) {
        LOG.info("found in place: {}", text(found));
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
      record(wanted);
      var problems = make(wanted);
      held = wanted;
      if (!problems.isEmpty()) {
        problem = joined(problems);
        throw new IOException(problem);
      }
      problem = "";
      recorded.retainAll(hosts(wanted));
      file.write(recorded);
    } finally {
      lock.unlock();
    }
  }

  /** Notes addresses before they are added, besides those that may still be there. */
  private void record(List<VirtualAddress> wanted) {
    recorded.addAll(hosts(wanted));
    file.write(recorded);
  }

  /** Makes it so; returns why an address is not held. */
  private List<String> make(List<VirtualAddress> wanted) throws IOException {
    var now = look();
    var plan = AddressPlan.toHold(wanted, now, recorded);
    plan.remarks().forEach(LOG::warn);
    var problems = new ArrayList<>(plan.problems());
    problems.addAll(writer.delete(plan.delete(), now));
    problems.addAll(writer.add(plan.add(), now));
    if (problems.isEmpty() && !plan.isEmpty()) {
      var left = AddressPlan.toHold(wanted, look(), recorded);
      left.add()
          .forEach(address -> problems.add(text(List.of(address)) + " was added and is gone"));
    }
    if (!plan.isEmpty()) {
      LOG.info("addresses added={} deleted={}", plan.add().size(), plan.delete().size());
    }
    return problems;
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
  public void release() throws IOException {
    lock.lock();
    try {
      isAnnouncing = false;
      announcer.stop();
      var given = new ArrayList<>(held);
      given.addAll(settings.virtuals());
      held = List.of();
      var now = look();
      var targets = AddressPlan.toRelease(given, now, recorded);
      var problems = writer.delete(targets, now);
      if (!targets.isEmpty()) {
        LOG.info("addresses deleted={}", targets.size() - problems.size());
        var left = AddressPlan.toRelease(given, look(), recorded);
        left.stream()
            .filter(_ -> problems.isEmpty())
            .forEach(address -> problems.add(text(List.of(address)) + " was deleted and is back"));
      }
      if (!problems.isEmpty()) {
        problem = joined(problems);
        throw new IOException(problem);
      }
      problem = "";
      recorded.clear();
      file.write(recorded);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void rehearse(List<VirtualAddress> addresses) throws IOException {
    AddressRehearsal.run(libc, AddressSettings.held(addresses));
  }

  /** The addresses, for people. */
  public AddressStatus status() {
    lock.lock();
    try {
      var now = seen;
      var announced = announcer.status();
      var places = new ArrayList<AddressStatus.Place>();
      var byHost = now.byHost();
      for (var virtual : settings.virtuals()) {
        var host = Interfaces.host(virtual.address());
        var link = now.placeOf(virtual);
        var isPresent =
            byHost.getOrDefault(host, List.of()).stream()
                .anyMatch(at -> link.isPresent() && link.get().index() == at.linkIndex());
        var sentAt = announced.sentAtNanos().get(host);
        places.add(
            new AddressStatus.Place(
                virtual.address(),
                virtual.prefix(),
                link.map(NetworkLink::name).orElse(virtual.device()),
                isPresent,
                sentAt == null ? -1 : Math.max(0, System.nanoTime() - sentAt)));
      }
      var shown = problem.isEmpty() ? deviceProblem : problem;
      return new AddressStatus(
          places,
          announced.frames(),
          announced.failures(),
          putBack,
          neighbourhood.foreignHeard(),
          shown.isEmpty() ? announced.problem() : shown);
    } finally {
      lock.unlock();
    }
  }

  private Interfaces look() throws LinuxException {
    seen = writer.read();
    neighbourhood.expect(hosts(settings.virtuals()), seen);
    return seen;
  }

  // ---- what happens to the interfaces
  // ------------------------------------------------------------

  /** On the thread of the watch. */
  private void happened(List<RouteEvent> events) {
    LockSupport.parkNanos(pace.pauseNanos(System.nanoTime()));
    var before = seen;
    lock.lock();
    try {
      look();
      mend();
      if (isAnnouncing && hasReturned(before, seen)) {
        announcer.announce(announced(held));
      }
    } catch (IOException e) {
      LOG.warn("after {} changes of interfaces: {}", events.size(), e.getMessage());
    } finally {
      lock.unlock();
    }
    lookAtDevices();
  }

  /** Puts back what somebody else removed. */
  private void mend() throws IOException {
    var plan = AddressPlan.toHold(held, seen, recorded);
    if (plan.add().isEmpty()) {
      return;
    }
    LOG.warn("removed by somebody else, put back: {}", text(plan.add()));
    var problems = make(held);
    putBack += plan.add().size();
    pace.putBack(System.nanoTime());
    problem = joined(problems);
    if (isAnnouncing) {
      announcer.announce(announced(held));
    }
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
    var current = seen;
    var found = Devices.problem(settings.virtuals(), current, settings.isMonitoringLinks());
    if (!found.equals(deviceProblem)) {
      deviceProblem = found;
      LOG.warn("interfaces of the virtual addresses: {}", found.isEmpty() ? "all well" : found);
      listener.devicesChanged(found);
    }
  }

  // ---- who is told
  // -------------------------------------------------------------------------------

  private List<Announced> announced(List<VirtualAddress> virtuals) {
    return Announced.where(virtuals, seen);
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

  private static Set<HostAddress> hosts(List<VirtualAddress> virtuals) {
    return virtuals.stream()
        .map(virtual -> Interfaces.host(virtual.address()))
        .collect(Collectors.toSet());
  }

  private String text(List<InterfaceAddress> addresses) {
    var current = seen;
    return joined(
        addresses.stream()
            .map(
                address ->
                    "%s/%d on %s"
                        .formatted(
                            Interfaces.text(address.address()),
                            address.prefix(),
                            current.nameOf(address.linkIndex())))
            .toList());
  }

  static String joined(List<String> parts) {
    var shown = String.join("; ", parts.subList(0, Math.min(parts.size(), MOST_PROBLEMS)));
    return parts.size() <= MOST_PROBLEMS
        ? shown
        : shown + "; and " + (parts.size() - MOST_PROBLEMS) + " more";
  }

  /** Ends all threads. What is held stays held. */
  @Override
  public void close() {
    watch.close();
    announcer.close();
    neighbourhood.close();
    file.close();
    lock.lock();
    try {
      writer.close();
    } finally {
      lock.unlock();
    }
  }
}
