// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import picocli.CommandLine.Option;

/** Whether a command prints for machines. */
final class JsonOption {
  @Option(
      names = "--json",
      description = "Print JSON, as the admin API gives it, and nothing else.")
  private boolean isJson;

  boolean isJson() {
    return isJson;
  }
}
