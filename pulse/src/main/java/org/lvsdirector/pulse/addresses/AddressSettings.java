// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.nio.file.Path;
import java.util.List;
import org.lvsdirector.config.VirtualService.VirtualAddress;

/**
 * What holding virtual addresses in the kernel needs.
 *
 * @param virtuals the virtual addresses of lvs.cf; those of the loopback network are left alone
 * @param isMonitoringLinks whether an interface without carrier makes this machine unfit
 * @param record the file in which the addresses that were added are noted
 */
public record AddressSettings(
    List<VirtualAddress> virtuals, boolean isMonitoringLinks, Path record) {
  public AddressSettings {
    virtuals = held(virtuals);
  }

  /** The addresses that the kernel is to hold: all but those that it has anyway. */
  static List<VirtualAddress> held(List<VirtualAddress> virtuals) {
    return virtuals.stream().filter(virtual -> !virtual.address().isLoopback()).toList();
  }
}
