// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

/** Is told of what happens around the virtual addresses, on threads that must not wait long. */
public interface AddressListener {

  /**
   * The interfaces of the virtual addresses can or cannot serve from now on.
   *
   * @param problem why not; empty when they can
   */
  void devicesChanged(String problem);

  /** The partner announces a virtual address: it lives, and believes to hold it. */
  void partnerAnnounced();
}
