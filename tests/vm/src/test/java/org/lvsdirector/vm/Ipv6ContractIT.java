// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import org.lvsdirector.engine.table.Tables;

/** The kernel keeps the contract with IPv6 services and servers. */
class Ipv6ContractIT extends KernelContract {
  @Override
  Tables wanted() {
    return Tables.ipv6();
  }
}
