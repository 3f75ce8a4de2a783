/** The engine port: what every forwarding engine does, and the table that they hold. */
@NullMarked
package org.lvsdirector.engine;

import org.jspecify.annotations.NullMarked;
