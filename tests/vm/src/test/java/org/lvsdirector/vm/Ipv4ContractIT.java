// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.vm;

import org.lvsdirector.engine.table.Tables;

/** The kernel keeps the contract with IPv4 services and servers. */
class Ipv4ContractIT extends KernelContract {
  @Override
  Tables wanted() {
    return Tables.ipv4();
  }
}
