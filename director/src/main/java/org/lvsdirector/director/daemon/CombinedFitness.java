// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.lvsd.Fitness;

/**
 * Whether this director could serve: its engine must be able to, and the interfaces of its virtual
 * addresses. Says nothing before the engine was heard of. Any thread.
 */
final class CombinedFitness {
  private final ReentrantLock lock = new ReentrantLock();
  private final Verdict verdict;
  private @Nullable Fitness engine;
  private String serviceProblem = "";
  private String deviceProblem = "";

  /** Takes whether this director is fit, and why not. */
  @FunctionalInterface
  interface Verdict {
    /** It is from now on. */
    void is(boolean isFit, String reason);
  }

  CombinedFitness(Verdict verdict) {
    this.verdict = verdict;
  }

  /** The engine can or cannot serve. */
  void engine(Fitness reported) {
    lock.lock();
    try {
      engine = reported;
      tell();
    } finally {
      lock.unlock();
    }
  }

  /** The engine cannot serve what lvs.cf asks for, for this reason, or can when it is empty. */
  void services(String problem) {
    lock.lock();
    try {
      serviceProblem = problem;
      tell();
    } finally {
      lock.unlock();
    }
  }

  /** The interfaces cannot serve for this reason, or can when it is empty. */
  void devices(String problem) {
    lock.lock();
    try {
      deviceProblem = problem;
      tell();
    } finally {
      lock.unlock();
    }
  }

  private void tell() {
    switch (engine) {
      case null -> {
        // Not heard of yet.
      }
      case Fitness.NotFit(var reason) -> verdict.is(false, reason);
      case Fitness.Fit _ -> {
        var problem = serviceProblem.isEmpty() ? deviceProblem : serviceProblem;
        verdict.is(problem.isEmpty(), problem);
      }
    }
  }
}
