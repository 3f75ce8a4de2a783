/** System calls through {@code java.lang.foreign}: the only native code of the project. */
@NullMarked
package org.lvsdirector.linux;

import org.jspecify.annotations.NullMarked;
