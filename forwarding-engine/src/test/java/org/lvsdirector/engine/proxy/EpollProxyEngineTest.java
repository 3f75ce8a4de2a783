// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import org.lvsdirector.engine.ForwardingEngine;
import org.lvsdirector.engine.ForwardingEngineContract;
import org.lvsdirector.engine.table.Tables;

class EpollProxyEngineTest extends ForwardingEngineContract {

  @Override
  protected ForwardingEngine open() {
    return ProxyEngine.open(ProxyFixture.settings(ProxySettings.Transport.EPOLL));
  }

  @Override
  protected Tables tables() {
    return Tables.loopback();
  }
}
