/** Plans the table from configuration and health, and reconciles the forwarding engine with it. */
@NullMarked
package org.lvsdirector.lvsd;

import org.jspecify.annotations.NullMarked;
