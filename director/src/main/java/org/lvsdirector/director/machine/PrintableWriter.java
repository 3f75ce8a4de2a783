// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.lvsdirector.config.problem.PrintableText;

/** Lines for a terminal, without anything it would act on. */
public final class PrintableWriter extends FilterWriter {
  private PrintableWriter(Writer out) {
    super(out);
  }

  /** What is printed there arrives printable. */
  public static PrintWriter over(PrintWriter out) {
    return new PrintWriter(new PrintableWriter(out));
  }

  @Override
  public void write(int c) throws IOException {
    write(Character.toString(c), 0, 1);
  }

  @Override
  public void write(char[] chars, int start, int count) throws IOException {
    write(new String(chars, start, count), 0, count);
  }

  @Override
  public void write(String text, int start, int count) throws IOException {
    out.write(PrintableText.lines(text.substring(start, start + count)));
  }
}
