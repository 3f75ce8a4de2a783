// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

/** How packets reach a real server. */
public enum ForwardingMethod implements Worded {
  /** Network address translation; lvs.cf: {@code nat}. */
  NAT("nat"),
  /** The packet unchanged to the server's link address; lvs.cf: {@code direct}. */
  DIRECT_ROUTING("direct"),
  /** Encapsulated to the server's address; lvs.cf: {@code tunnel}. */
  TUNNELLING("tunnel");

  private final String word;

  ForwardingMethod(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
