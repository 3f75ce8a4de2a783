// SPDX-License-Identifier: Apache-2.0
/**
 * The composition root of the process that runs: it puts nanny, lvsd, pulse and an engine together
 * and speaks for them.
 *
 * <p>Uses every module. Start with {@link Daemon}; {@link EndpointCatalogue} lists what it answers.
 */
@NullMarked
package org.lvsdirector.director.daemon;

import org.jspecify.annotations.NullMarked;
