/** {@code director demo}: a director pair, real servers and a client on loopback. */
@NullMarked
package org.lvsdirector.director.demo;

import org.jspecify.annotations.NullMarked;
