// SPDX-License-Identifier: Apache-2.0
/**
 * The pure half of connection sync: connection entries, the messages that carry them, and the
 * decisions which of them to ask for, to answer with and to write.
 *
 * <p>Start with {@link Exchange}.
 */
@NullMarked
package org.lvsdirector.engine.ipvs.sync.exchange;

import org.jspecify.annotations.NullMarked;
