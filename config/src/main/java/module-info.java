// SPDX-License-Identifier: Apache-2.0
/** lvs.cf and director.conf as immutable values. */
module org.lvsdirector.config {
  requires static transitive org.jspecify;
  requires typesafe.config;

  exports org.lvsdirector.config;
  exports org.lvsdirector.config.directorconf;
  exports org.lvsdirector.config.lvscf;
  exports org.lvsdirector.config.names;
  exports org.lvsdirector.config.problem;
}
