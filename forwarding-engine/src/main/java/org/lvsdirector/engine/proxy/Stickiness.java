// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.VirtualService.Persistence;

/**
 * The persistence templates of one service, as kernel IPVS keeps them: a new connection starts the
 * timeout again, and a template that runs out while connections hang on it lives on in steps.
 * Guarded by the {@link ServerPool}.
 */
final class Stickiness {
  private static final long STEP_NANOS = 60_000_000_000L;

  /*
   * Renewing a template is far more frequent than its end, so the queue is lazy: a template waits
   * in it under the end that it had when it was queued, and is queued again if that has moved on.
   */
  private final PriorityQueue<Template> queue =
      new PriorityQueue<>(
          (left, right) -> Long.signum(left.queuedUntilNanos() - right.queuedUntilNanos()));

  private final Map<IpAddress, Template> templates = new HashMap<>();
  private final int prefix;
  private long timeoutNanos;

  Stickiness(Persistence persistence) {
    prefix = persistence.prefix();
    timeoutNanos = persistence.timeout().toNanos();
  }

  /** Takes the new timeout, or answers false because these templates cannot serve that setting. */
  boolean isEdited(@Nullable Persistence persistence) {
    if (persistence == null || persistence.prefix() != prefix) {
      return false;
    }
    timeoutNanos = persistence.timeout().toNanos();
    return true;
  }

  /** The template of a client whose server is still in the table, else null. */
  @Nullable Template find(IpAddress source, long nowNanos) {
    var template = templates.get(masked(source));
    if (template == null) {
      return null;
    }
    if (template.isOver(nowNanos) || template.server().isRemoved()) {
      forget(template);
      return null;
    }
    return template;
  }

  void renew(Template template, long nowNanos) {
    template.renew(nowNanos + timeoutNanos);
  }

  Template bind(IpAddress source, RealServer server, long nowNanos) {
    var template = new Template(masked(source), server);
    var before = templates.put(template.client(), template);
    if (before != null) {
      before.server().addPersistent(-1);
    }
    server.addPersistent(1);
    renew(template, nowNanos);
    enqueue(template);
    return template;
  }

  /** Forgets what has run out. */
  void sweep(long nowNanos) {
    for (var next = queue.peek();
        next != null && nowNanos - next.queuedUntilNanos() >= 0;
        next = queue.peek()) {
      queue.remove();
      if (templates.get(next.client()) == next) {
        keepOrForget(next, nowNanos);
      }
    }
  }

  void clear() {
    for (var template : templates.values()) {
      template.server().addPersistent(-1);
    }
    templates.clear();
    queue.clear();
  }

  private void keepOrForget(Template template, long nowNanos) {
    if (template.isOver(nowNanos) || template.server().isRemoved()) {
      forget(template);
      return;
    }
    if (nowNanos - template.untilNanos() >= 0) {
      template.renew(nowNanos + STEP_NANOS);
    }
    enqueue(template);
  }

  private void enqueue(Template template) {
    template.queueUntil(template.untilNanos());
    queue.add(template);
  }

  private void forget(Template template) {
    templates.remove(template.client());
    template.server().addPersistent(-1);
  }

  private IpAddress masked(IpAddress source) {
    return source.masked(Math.min(prefix, source.family().bits()));
  }
}
