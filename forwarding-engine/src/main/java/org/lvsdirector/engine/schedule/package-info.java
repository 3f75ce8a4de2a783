/** The schedulers of Linux Virtual Server as pure code, decision for decision as in the kernel. */
@NullMarked
package org.lvsdirector.engine.schedule;

import org.jspecify.annotations.NullMarked;
