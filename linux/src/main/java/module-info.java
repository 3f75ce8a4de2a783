// SPDX-License-Identifier: Apache-2.0
/** System calls through {@code java.lang.foreign}. */
module org.lvsdirector.linux {
  requires static transitive org.jspecify;

  exports org.lvsdirector.linux;
  exports org.lvsdirector.linux.program;
}
