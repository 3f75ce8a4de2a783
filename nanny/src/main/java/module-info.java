// SPDX-License-Identifier: Apache-2.0
/** Health checks of the real servers. */
module org.lvsdirector.nanny {
  requires static transitive org.jspecify;
  requires transitive org.lvsdirector.config;
  requires org.lvsdirector.linux;
  requires org.slf4j;

  exports org.lvsdirector.nanny;
}
