/** The proxy engine: forwards TCP and UDP in user space with Netty, without privileges. */
@NullMarked
package org.lvsdirector.engine.proxy;

import org.jspecify.annotations.NullMarked;
