/** The virtual addresses on this machine's interfaces: held, announced, watched. */
@NullMarked
package org.lvsdirector.pulse.addresses;

import org.jspecify.annotations.NullMarked;
