// SPDX-License-Identifier: Apache-2.0
/**
 * The entrance to lvs.cf: reads one, prints one, explains its words.
 *
 * <pre>
 *   text -&gt; syntax: lines, words, statements, blocks
 *        -&gt; catalogue: which words there are, and what their values mean
 *        -&gt; binding: values into records, then the rules across blocks
 *        -&gt; Config -&gt; LvsCfPrinter -&gt; text
 * </pre>
 *
 * <p>Start with {@link LvsCf}; each stage is a package below this one, and none knows a later one.
 */
@NullMarked
package org.lvsdirector.config.lvscf;

import org.jspecify.annotations.NullMarked;
