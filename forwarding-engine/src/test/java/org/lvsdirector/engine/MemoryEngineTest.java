package org.lvsdirector.engine;

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
