// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import io.netty.channel.IoEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An event loop with the TCP connections that live on it. All but {@link #executor} and the number
 * of connections belongs to its thread.
 */
final class ProxyLoop {
  /** How finely idle time is measured: so many sweeps in the closing timeout. */
  private static final int SWEEPS_PER_TIMEOUT = 8;

  private final IoEventLoop executor;
  private final Sockets sockets;
  private final Incidents incidents;
  private final Scratch scratch;
  private final AtomicInteger connections = new AtomicInteger();
  private final Chain<TcpPipe> pipes = new Chain<>();
  private final Chain<TcpPipe> connecting = new Chain<>();
  private final List<Wire> buried = new ArrayList<>();
  private final List<HalfPipe> ending = new ArrayList<>();
  private ProxySettings settings;
  private ScheduledFuture<?> sweeping;
  private boolean isFinishing;
  private boolean isConnectTimerSet;

  ProxyLoop(IoEventLoop executor, Sockets sockets, ProxySettings settings, Incidents incidents) {
    this.executor = executor;
    this.sockets = sockets;
    this.settings = settings;
    this.incidents = incidents;
    scratch = sockets.newScratch();
    sweeping = sweepRegularly();
  }

  private ScheduledFuture<?> sweepRegularly() {
    var nanos = sweepInterval().toNanos();
    return executor.scheduleWithFixedDelay(this::sweep, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Other timeouts from now on. */
  void limit(ProxySettings fresh) {
    settings = fresh;
    sweeping.cancel(false);
    sweeping = sweepRegularly();
  }

  IoEventLoop executor() {
    return executor;
  }

  Sockets sockets() {
    return sockets;
  }

  Incidents incidents() {
    return incidents;
  }

  Scratch scratch() {
    return scratch;
  }

  /** Does something on the loop, and returns when it is done; nothing when the loop has ended. */
  void await(Runnable action) {
    await(action, 0);
  }

  /** Like {@link #await(Runnable)}, so much later. */
  void await(Runnable action, long delayMillis) {
    try {
      executor.schedule(action, delayMillis, TimeUnit.MILLISECONDS).syncUninterruptibly();
    } catch (RejectedExecutionException _) {
      // What lived on the loop stands still.
    }
  }

  /** Connections that live here or are on their way here. */
  int connections() {
    return connections.get();
  }

  /** A connection is about to be handed to this loop. */
  void expectConnection() {
    connections.incrementAndGet();
  }

  /** An expected connection does not come. */
  void forgetConnection() {
    connections.decrementAndGet();
  }

  Chain.Place<TcpPipe> join(TcpPipe pipe) {
    return pipes.join(pipe);
  }

  void leave(Chain.Place<TcpPipe> place) {
    pipes.leave(place);
    forgetConnection();
  }

  /** Watches that a server answers in time. */
  Chain.Place<TcpPipe> startConnecting(TcpPipe pipe, long nowNanos) {
    pipe.connectUntil(nowNanos + settings.connectTimeout().toNanos());
    setConnectTimer(settings.connectTimeout().toNanos());
    return connecting.join(pipe);
  }

  void stopConnecting(Chain.Place<TcpPipe> place) {
    connecting.leave(place);
  }

  /**
   * Ends one direction of a connection once the events of this round are handled. Often the other
   * direction ends in the same round, and the connection is closed at one go.
   */
  void passEndLater(HalfPipe half) {
    ending.add(half);
    finishLater();
  }

  /**
   * Closes a wire once the events of this round are handled, so that none of them can meet another
   * socket that was given the same number.
   */
  void bury(Wire wire) {
    buried.add(wire);
    finishLater();
  }

  /** Cuts the connections of servers that left the table. */
  void cutRemoved() {
    pipes.forEach(TcpPipe::cutIfRemoved);
  }

  void cutAll() {
    pipes.forEach(TcpPipe::cut);
  }

  private void finishLater() {
    if (!isFinishing) {
      isFinishing = true;
      executor.execute(this::finish);
    }
  }

  private void finish() {
    isFinishing = false;
    for (var half : takeAll(ending)) {
      half.passEnd();
    }
    for (var wire : takeAll(buried)) {
      wire.bury();
    }
  }

  /** Empties a list before anything is done with it, so that nothing is done twice. */
  private static <T> List<T> takeAll(List<T> list) {
    var all = List.copyOf(list);
    list.clear();
    return all;
  }

  private void setConnectTimer(long nanos) {
    if (!isConnectTimerSet) {
      isConnectTimerSet = true;
      var _ = executor.schedule(this::expireConnects, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void expireConnects() {
    isConnectTimerSet = false;
    var nowNanos = System.nanoTime();
    for (var pipe = connecting.first(); pipe != null; pipe = connecting.first()) {
      var leftNanos = pipe.connectUntil() - nowNanos;
      if (leftNanos > 0) {
        setConnectTimer(leftNanos);
        return;
      }
      pipe.connectTimedOut();
    }
  }

  private void sweep() {
    var interval = sweepInterval();
    var idleSweeps = sweeps(settings.tcpIdleTimeout(), interval);
    pipes.forEach(pipe -> pipe.sweep(idleSweeps, SWEEPS_PER_TIMEOUT));
  }

  private Duration sweepInterval() {
    return settings.tcpClosingTimeout().dividedBy(SWEEPS_PER_TIMEOUT);
  }

  private static int sweeps(Duration timeout, Duration interval) {
    return Math.clamp(timeout.dividedBy(interval), 1, Integer.MAX_VALUE);
  }
}
