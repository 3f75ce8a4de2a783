/** Heartbeats, failover and address takeover. */
module org.lvsdirector.pulse {
  requires static transitive org.jspecify;
  requires transitive org.lvsdirector.config;
  requires transitive org.lvsdirector.linux;
  requires org.slf4j;
  requires org.jgroups;

  exports org.lvsdirector.pulse;
  exports org.lvsdirector.pulse.addresses;
}
