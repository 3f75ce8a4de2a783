/**
 * What the operator wrote and the words the three parts share: lvs.cf, director.conf, identities,
 * health and role, all as immutable values.
 */
@NullMarked
package org.lvsdirector.config;

import org.jspecify.annotations.NullMarked;
