/** Kernel IPVS by generic netlink. */
@NullMarked
package org.lvsdirector.engine.ipvs;

import org.jspecify.annotations.NullMarked;
