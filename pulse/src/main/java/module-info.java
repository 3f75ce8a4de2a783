// SPDX-License-Identifier: Apache-2.0
/** Heartbeats, failover and address takeover. */
module org.lvsdirector.pulse {
  requires static transitive org.jspecify;
  requires transitive org.lvsdirector.config;
  requires transitive org.lvsdirector.linux;
  requires org.slf4j;
  requires org.jgroups;

  exports org.lvsdirector.pulse;
  exports org.lvsdirector.pulse.addresses;
  exports org.lvsdirector.pulse.port;
  exports org.lvsdirector.pulse.seal;
  exports org.lvsdirector.pulse.link;
  exports org.lvsdirector.pulse.witness;
  exports org.lvsdirector.pulse.failover;
}
