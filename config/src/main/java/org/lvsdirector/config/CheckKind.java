package org.lvsdirector.config;

import java.util.Locale;

/** What {@code check} asks for. */
enum CheckKind {
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
  boolean isRun() {
    return isRun;
  }

  /** The word of lvs.cf. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
