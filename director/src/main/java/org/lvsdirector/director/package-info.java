/** The composition root: the {@code director} command, the admin API and the demo. */
@NullMarked
package org.lvsdirector.director;

import org.jspecify.annotations.NullMarked;
