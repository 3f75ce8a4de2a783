/** Heartbeats, failover and address takeover. */
module org.lvsdirector.pulse {
  requires static transitive org.jspecify;
  requires transitive org.lvsdirector.config;
  requires org.slf4j;
  requires org.jgroups;

  exports org.lvsdirector.pulse;
}
