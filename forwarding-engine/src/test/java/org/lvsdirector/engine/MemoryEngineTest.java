// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine;

import org.lvsdirector.engine.table.Tables;

class MemoryEngineTest extends ForwardingEngineContract {

  @Override
  protected ForwardingEngine open() {
    return new MemoryEngine();
  }

  @Override
  protected Tables tables() {
    return Tables.anything();
  }
}
