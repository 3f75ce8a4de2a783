// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

/** A change of this machine's interfaces or their addresses. */
public sealed interface RouteEvent {

  /** The interface is new, or something about it has changed. */
  record LinkSeen(NetworkLink link) implements RouteEvent {}

  /** The interface is there no longer. */
  record LinkGone(NetworkLink link) implements RouteEvent {}

  /** The address was added or changed. */
  record AddressSeen(InterfaceAddress address) implements RouteEvent {}

  /** The address was removed. */
  record AddressGone(InterfaceAddress address) implements RouteEvent {}

  /** Changes were lost because they came too fast: everything must be read anew. */
  record Lost() implements RouteEvent {}
}
