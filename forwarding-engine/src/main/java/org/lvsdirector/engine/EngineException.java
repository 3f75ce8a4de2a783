// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import java.io.Serial;
import java.util.List;
import org.lvsdirector.engine.table.TableOp;

/** At least one change of a table was refused. */
public final class EngineException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final transient List<Refusal> refusals;

  /**
   * One refused change.
   *
   * @param change the change
   * @param reason why the engine refused it
   */
  public record Refusal(TableOp change, String reason) {}

  /** The changes that were refused; not empty. */
  public EngineException(List<Refusal> refusals) {
    super(refusals.size() + " of the changes refused, the first: " + refusals.getFirst());
    this.refusals = List.copyOf(refusals);
  }

  /** The changes that were refused. */
  public List<Refusal> refusals() {
    return refusals;
  }
}
