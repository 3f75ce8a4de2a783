// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.catalogue;

import org.lvsdirector.config.Worded;

/** What {@code service} selects. */
public enum ServiceKind implements Worded {
  LVS("lvs"),
  FOS("fos");

  private final String word;

  ServiceKind(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
