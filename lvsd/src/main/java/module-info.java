// SPDX-License-Identifier: Apache-2.0
/** Plans the table and reconciles the forwarding engine with it. */
module org.lvsdirector.lvsd {
  requires static transitive org.jspecify;
  requires transitive org.lvsdirector.config;
  requires transitive org.lvsdirector.engine;
  requires org.slf4j;

  exports org.lvsdirector.lvsd;
}
