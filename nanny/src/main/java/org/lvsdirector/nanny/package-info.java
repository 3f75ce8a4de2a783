/** Health checks: one nanny (a virtual thread) for each service of each real server. */
@NullMarked
package org.lvsdirector.nanny;

import org.jspecify.annotations.NullMarked;
