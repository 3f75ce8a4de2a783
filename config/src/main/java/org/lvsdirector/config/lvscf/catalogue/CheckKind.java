// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.catalogue;

import java.util.Locale;

/** What {@code check} asks for. */
public enum CheckKind {
  TCP(true),
  HTTP(false),
  HTTPS(false),
  TLS(false),
  SMTP(false),
  DNS(false),
  PING(false),
  UDP(true),
  SCRIPT(true),
  NONE(true);

  private final boolean isRun;

  CheckKind(boolean isRun) {
    this.isRun = isRun;
  }

  /** Whether this version can make such a check. */
  public boolean isRun() {
    return isRun;
  }

  /** The word of lvs.cf. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
