/** lvs.cf and director.conf as immutable values. */
module org.lvsdirector.config {
  requires static transitive org.jspecify;
  requires typesafe.config;

  exports org.lvsdirector.config;
}
