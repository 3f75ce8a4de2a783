// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

/** What sh and mh do beyond hashing the source address. */
public enum SchedulerFlag implements Worded {
  /** When the hashed server is not usable, hash again until one is ({@code sh-fallback}). */
  FALLBACK("fallback"),
  /** Hash the source port too ({@code sh-port}). */
  PORT("port");

  private final String word;

  SchedulerFlag(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
