// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf;

import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Quoting;
import org.lvsdirector.config.lvscf.syntax.Scope;

/** Takes what {@link LvsCfPrinter} prints. */
interface ConfigSink {
  /** A block begins. */
  void open(Scope scope, String name);

  /** A statement of the present block. */
  void line(Directive<?> directive, String value);

  /** The present block ends. */
  void close();

  /** Whether to tell also what holds only because nothing is said. */
  default boolean wantsPresets() {
    return false;
  }

  /** Writes lvs.cf. */
  final class Text implements ConfigSink {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    @Override
    public void open(Scope scope, String name) {
      if (depth == 0) {
        text.append('\n');
      }
      indent();
      text.append(scope.word()).append(' ').append(Quoting.name(name)).append(" {\n");
      depth++;
    }

    @Override
    public void line(Directive<?> directive, String value) {
      indent();
      text.append(directive.word()).append(" = ").append(value).append('\n');
    }

    @Override
    public void close() {
      depth--;
      indent();
      text.append("}\n");
    }

    private void indent() {
      for (var i = 0; i < depth; i++) {
        text.append('\t');
      }
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
