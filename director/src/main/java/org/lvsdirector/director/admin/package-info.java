/** The admin API: HTTP and JSON on a Unix socket, its server and its client. */
@NullMarked
package org.lvsdirector.director.admin;

import org.jspecify.annotations.NullMarked;
