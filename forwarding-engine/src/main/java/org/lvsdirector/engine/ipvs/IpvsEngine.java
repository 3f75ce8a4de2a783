// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.ConnectionSync;
import org.lvsdirector.config.GlobalSettings;
import org.lvsdirector.config.ServerKey;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.engine.Availability;
import org.lvsdirector.engine.EngineException;
import org.lvsdirector.engine.EngineException.Refusal;
import org.lvsdirector.engine.EngineStats;
import org.lvsdirector.engine.EngineStats.Counters;
import org.lvsdirector.engine.EngineStats.ServerCounters;
import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.ListedConnection;
import org.lvsdirector.engine.ListedTable;
import org.lvsdirector.engine.Listing;
import org.lvsdirector.engine.RunningSync;
import org.lvsdirector.engine.SyncPartner;
import org.lvsdirector.engine.SyncsConnections;
import org.lvsdirector.engine.TableLoad;
import org.lvsdirector.engine.ipvs.IpvsKernel.HeldServer;
import org.lvsdirector.engine.ipvs.IpvsKernel.HeldService;
import org.lvsdirector.engine.table.Table;
import org.lvsdirector.engine.table.Table.Service;
import org.lvsdirector.engine.table.TableOp;
import org.lvsdirector.engine.table.TableOp.AddServer;
import org.lvsdirector.engine.table.TableOp.AddService;
import org.lvsdirector.engine.table.TableOp.DeleteService;
import org.lvsdirector.engine.table.TableOp.SetServer;
import org.lvsdirector.engine.table.TableOp.SetService;
import org.lvsdirector.linux.Errno;
import org.lvsdirector.linux.Libc;
import org.lvsdirector.linux.LinuxException;
import org.lvsdirector.linux.NetlinkCodec.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kernel IPVS of the network namespace in which this was opened. The kernel's table is read anew at
 * each call, so nothing is remembered but which services are this director's. Linux lists servers
 * service by service: a whole table takes one question for each of its services, and changes by
 * others in between are seen in part. The calls block their thread for as long as the kernel takes;
 * they throw {@link UncheckedIOException} when it does not answer, and the next one begins with a
 * fresh socket.
 */
public final class IpvsEngine implements ForwardingEngine, Listing, SyncsConnections {
  private static final Path CONNECTIONS = Path.of("/proc/net/ip_vs_conn");
  private static final Logger LOG = LoggerFactory.getLogger(IpvsEngine.class);

  /** Fair: who reads a large table, question by question, does not keep a change waiting. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final Libc libc;
  private final IpvsSettings settings;
  private final OwnServices own;
  private final SyncStarter sync;

  /** Guarded by the lock, as is the socket in it; null while there is none. */
  private @Nullable IpvsKernel kernel;

  /** What the kernel had before this engine set anything; guarded by the lock. */
  private @Nullable KernelTimeouts found;

  private boolean isClosed;

  private IpvsEngine(IpvsSettings settings, Libc libc, SyncStarter sync) {
    this.settings = settings;
    this.libc = libc;
    this.sync = sync;
    own = OwnServices.read(settings.stateFile(), OwnServices.presentTable());
  }

  /** Starts connection sync of what an engine holds. */
  @FunctionalInterface
  public interface SyncStarter {
    /**
     * Starts.
     *
     * @param stateDir where it notes what it changed on this machine
     * @param services the services of this machine's kernel
     */
    RunningSync start(
        ConnectionSync wanted, Path stateDir, Supplier<Table> services, SyncPartner partner);
  }

  /**
   * Opens the engine, and sets the kernel's timeouts where they differ from the settings.
   *
   * @param sync starts its connection sync
   * @throws IllegalArgumentException when the kernel does not let it
   */
  public static IpvsEngine open(IpvsSettings settings, Libc libc, SyncStarter sync) {
    var engine = new IpvsEngine(settings, libc, sync);
    try {
      var _ =
          engine.tried(
              opened -> {
                engine.setTimeouts(opened, settings);
                return opened.info();
              });
      return engine;
    } catch (LinuxException e) {
      engine.close();
      throw new IllegalArgumentException(IpvsProbe.reason(e), e);
    }
  }

  /** {@inheritDoc} A setting that is gone makes it what the kernel had before. */
  @Override
  public void timeouts(GlobalSettings global) {
    try {
      var _ =
          tried(
              opened -> {
                setTimeouts(opened, settings.with(global));
                return true;
              });
    } catch (LinuxException e) {
      LOG.error("ipvs timeouts stay as they are: {}", e.getMessage());
    }
  }

  private void setTimeouts(IpvsKernel opened, IpvsSettings wantedSettings) throws LinuxException {
    var present = opened.timeouts();
    if (found == null) {
      found = present;
    }
    var wanted = wantedSettings.timeouts().over(found);
    if (!wanted.equals(present)) {
      opened.set(wanted);
      LOG.info("ipvs timeouts {} -> {}", present, wanted);
    }
  }

  @Override
  public String name() {
    return IpvsKind.WORD;
  }

  @Override
  public RunningSync startSync(ConnectionSync wanted, Path stateDir, SyncPartner partner) {
    return sync.start(wanted, stateDir, this::read, partner);
  }

  @Override
  public Availability availability() {
    try {
      var _ = tried(IpvsKernel::info);
      return new Availability.Usable();
    } catch (LinuxException e) {
      return new Availability.Unusable(IpvsProbe.reason(e));
    }
  }

  @Override
  public Table read() {
    var services = new ArrayList<Service>();
    for (var held : asked(IpvsKernel::services)) {
      ours(held).ifPresent(key -> services.add(service(key, held)));
    }
    return Table.of(services);
  }

  @Override
  public Set<ServiceKey> services() {
    return asked(IpvsKernel::services).stream()
        .flatMap(held -> ours(held).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Table read(Set<ServiceKey> some) {
    var services = new ArrayList<Service>();
    for (var key : some) {
      asked(opened -> opened.service(KernelService.Selector.of(key)))
          .filter(held -> ours(held).isPresent())
          .ifPresent(held -> services.add(service(key, held)));
    }
    return Table.of(services);
  }

  private Service service(ServiceKey key, HeldService held) {
    var servers = servers(held).stream().map(each -> each.server().server()).toList();
    return Service.of(key, held.service().settings(), servers);
  }

  /** A question of its own, so that a change need not wait until a whole table is read. */
  private List<HeldServer> servers(HeldService held) {
    return asked(opened -> opened.servers(held.service().selector()));
  }

  /** The key of a service, when it is this director's. */
  private Optional<ServiceKey> ours(HeldService held) {
    var isAll = settings.adoption() == IpvsSettings.Adoption.ALL;
    return held.service().selector().key().filter(key -> isAll || own.has(key));
  }

  @Override
  public EngineStats stats() {
    var services = new HashMap<ServiceKey, Counters>();
    var servers = new HashMap<ServerKey, ServerCounters>();
    for (var held : asked(IpvsKernel::services)) {
      var key = ours(held);
      if (key.isPresent()) {
        services.put(key.get(), held.traffic().counters());
        for (var server : servers(held)) {
          servers.put(new ServerKey(key.get(), server.server().endpoint()), counters(server));
        }
      }
    }
    return new EngineStats(services, servers);
  }

  private static ServerCounters counters(HeldServer held) {
    return new ServerCounters(
        held.active(), held.inactive(), held.persistent(), held.traffic().counters());
  }

  @Override
  public ListedTable list() {
    var services =
        asked(IpvsKernel::services).stream()
            .map(held -> Listed.service(held, servers(held)))
            .toList();
    var info = asked(IpvsKernel::info);
    return new ListedTable(info.text(), info.buckets(), services);
  }

  @Override
  public List<ListedConnection> connections() {
    try {
      return ConnectionsText.parse(Files.readString(CONNECTIONS));
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<TableLoad> load(EngineStats counted) {
    return KernelLoad.read(counted, () -> asked(IpvsKernel::info).buckets());
  }

  /**
   * {@inheritDoc}
   *
   * <p>A service or server that is to be added and is there already, whoever made it, is set to
   * what is wanted, and is this director's from then on.
   */
  @Override
  public void apply(List<TableOp> changes) {
    if (changes.isEmpty()) {
      return;
    }
    var refusals = new ArrayList<Refusal>();
    var possible = new ArrayList<TableOp>();
    for (var change : changes) {
      var reason = IpvsLimits.reasonAgainst(change);
      if (reason == null) {
        possible.add(change);
      } else {
        refusals.add(new Refusal(change, reason));
      }
    }
    if (!possible.isEmpty()) {
      refusals.addAll(asked(opened -> apply(possible, opened)));
    }
    if (!refusals.isEmpty()) {
      throw new EngineException(refusals);
    }
  }

  private List<Refusal> apply(List<TableOp> changes, IpvsKernel opened) throws LinuxException {
    own.add(changes.stream().filter(AddService.class::isInstance).map(TableOp::key).toList());
    var verdicts = new ArrayList<>(opened.apply(changes));
    setWhatExists(changes, verdicts, opened);
    var refusals = new ArrayList<Refusal>();
    var gone = new ArrayList<ServiceKey>();
    for (var i = 0; i < changes.size(); i++) {
      var change = changes.get(i);
      if (!Refusals.isDone(change, verdicts.get(i))) {
        refusals.add(new Refusal(change, Refusals.reason(change, verdicts.get(i))));
      } else if (change instanceof DeleteService) {
        gone.add(change.key());
      }
    }
    own.remove(gone);
    return refusals;
  }

  /** Where something that was to be added exists, sets it, and puts that verdict in place. */
  private static void setWhatExists(
      List<TableOp> changes, List<Verdict> verdicts, IpvsKernel opened) throws LinuxException {
    var indexes = new ArrayList<Integer>();
    var instead = new ArrayList<TableOp>();
    for (var i = 0; i < changes.size(); i++) {
      if (verdicts.get(i).errno() == Errno.EEXIST) {
        indexes.add(i);
        instead.add(asSetting(changes.get(i)));
      }
    }
    if (!instead.isEmpty()) {
      var second = opened.apply(instead);
      for (var i = 0; i < second.size(); i++) {
        verdicts.set(indexes.get(i), second.get(i));
      }
    }
  }

  private static TableOp asSetting(TableOp change) {
    return switch (change) {
      case AddService(var key, var wanted) -> new SetService(key, wanted);
      case AddServer(var key, var server) -> new SetServer(key, server);
      case SetService _, SetServer _, TableOp.DeleteServer _, DeleteService _ -> change;
    };
  }

  private interface Question<T> {
    T ask(IpvsKernel opened) throws LinuxException;
  }

  private <T> T asked(Question<T> question) {
    try {
      return tried(question);
    } catch (LinuxException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks the kernel; after a failure the socket is not used again, since it may be out of step. */
  private <T> T tried(Question<T> question) throws LinuxException {
    lock.lock();
    try {
      if (isClosed) {
        throw new IllegalStateException("the ipvs engine is closed");
      }
      var opened = kernel == null ? IpvsKernel.open(libc) : kernel;
      kernel = opened;
      return question.ask(opened);
    } catch (LinuxException e) {
      disconnect();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void disconnect() {
    if (kernel != null) {
      kernel.close();
      kernel = null;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      disconnect();
    } finally {
      lock.unlock();
    }
  }
}
