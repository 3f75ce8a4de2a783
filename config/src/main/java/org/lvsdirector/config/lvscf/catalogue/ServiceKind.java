// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.catalogue;

/** What {@code service} selects. */
public enum ServiceKind {
  LVS,
  FOS
}
