// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.problem.FileText;

/** Where the files come from that an lvs.cf includes. */
public interface IncludedFiles {
  /** There are none. */
  IncludedFiles NONE =
      new IncludedFiles() {
        @Override
        public @Nullable List<String> matching(String pattern, String includingFile) {
          return null;
        }

        @Override
        public FileText read(String file) {
          throw new IllegalStateException("there is no such file: " + file);
        }
      };

  /**
   * The files that a pattern names, in the order of their names; whatever is there under a name
   * without wildcards.
   *
   * @param includingFile the file that a relative pattern is relative to
   * @return null when the pattern cannot be followed
   */
  @Nullable List<String> matching(String pattern, String includingFile);

  /** What is the same for all names of one file. */
  default String identity(String file) {
    return file;
  }

  /** Reads one of them. */
  FileText read(String file);
}
