/** What each module may use, and what a pure class may not touch. */
@NullMarked
package org.lvsdirector.architecture;

import org.jspecify.annotations.NullMarked;
