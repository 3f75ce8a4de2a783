// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

/** How packets reach a real server. */
public enum ForwardingMethod {
  /** Network address translation; lvs.cf: {@code nat}. */
  NAT,
  /** The packet unchanged to the server's link address; lvs.cf: {@code direct}. */
  DIRECT_ROUTING,
  /** Encapsulated to the server's address; lvs.cf: {@code tunnel}. */
  TUNNELLING
}
