package org.lvsdirector.config;

/** What {@code service} selects. */
enum ServiceKind {
  LVS,
  FOS
}
