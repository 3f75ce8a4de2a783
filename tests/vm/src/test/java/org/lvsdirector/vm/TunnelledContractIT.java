// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import org.lvsdirector.engine.table.Tables;

/**
 * The kernel keeps the contract with services of both families and servers of both, which only
 * tunnels reach.
 */
class TunnelledContractIT extends KernelContract {
  @Override
  Tables wanted() {
    return Tables.tunnelled();
  }
}
