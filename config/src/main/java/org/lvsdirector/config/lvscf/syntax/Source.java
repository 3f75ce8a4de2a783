// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

/**
 * A text of lvs.cf.
 *
 * @param file its name, for messages
 * @param text what it says
 * @param includes where the files come from that it includes
 */
public record Source(String file, String text, IncludedFiles includes) {}
