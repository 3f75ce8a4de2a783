// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of reading a file.
 *
 * @param text its text; null if and only if there is a problem
 * @param problems why it cannot be used
 */
public record FileText(@Nullable String text, List<Problem> problems) {}
