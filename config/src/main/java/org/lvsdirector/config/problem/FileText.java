// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a file.
 *
 * @param text its text; null if and only if one of the problems is an error
 * @param problems what is wrong with its bytes
 */
public record FileText(@Nullable String text, List<Problem> problems) {}
