// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

import java.util.List;

/** The syntax tree of lvs.cf: everything that was written, in order, duplicates included. */
public sealed interface Node {

  /**
   * A line {@code name = value...}.
   *
   * @param name the name
   * @param values the words after the equals sign
   * @param isBroken whether the value is known to be wrong and the mistake was told
   */
  record Statement(Token name, List<Token> values, boolean isBroken) implements Node {
    /** The first word of the value, which is not empty. */
    public Token value() {
      return values.getFirst();
    }

    /** The last word of the statement. */
    Token last() {
      return values.isEmpty() ? name : values.getLast();
    }
  }

  /**
   * A block with everything in it.
   *
   * @param scope what it is
   * @param name its name, empty when it is missing
   * @param header what to point at: the name, or the word that opens the block
   * @param isBroken whether a mistake with its header or its end was told, so that what it lacks
   *     need not be told
   * @param children what is in it
   */
  record Block(Scope scope, String name, Token header, boolean isBroken, List<Node> children)
      implements Node {}
}
