// SPDX-License-Identifier: Apache-2.0
/**
 * Hosts as network namespaces, what runs on them, what goes wrong with them, and what clients see.
 */
@NullMarked
package org.lvsdirector.lab;

import org.jspecify.annotations.NullMarked;
