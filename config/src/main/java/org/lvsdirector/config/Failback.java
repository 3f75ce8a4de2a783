// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

/** What happens when the primary returns while the backup is active. */
public enum Failback implements Worded {
  /** Nothing: the backup stays active until an operator or a failure changes it. */
  NONE("none"),
  /** The primary becomes active again once it has the backup's connections. */
  SYNCED("synced");

  private final String word;

  Failback(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
