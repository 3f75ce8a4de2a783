// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.doctor;

/**
 * What {@code director doctor} found about one thing.
 *
 * @param name the thing
 * @param state how it is
 * @param detail what was seen
 * @param mend what to do; empty when it is fine
 */
record Finding(String name, State state, String detail, String mend) {

  /** How a thing is. */
  enum State {
    /** As it should be. */
    OK,
    /** It works, but not as well or as safely as it could. */
    WARNING,
    /** A director cannot do its work like that. */
    FAULT
  }

  static Finding ok(String name, String detail) {
    return new Finding(name, State.OK, detail, "");
  }

  static Finding warning(String name, String detail, String mend) {
    return new Finding(name, State.WARNING, detail, mend);
  }

  static Finding fault(String name, String detail, String mend) {
    return new Finding(name, State.FAULT, detail, mend);
  }
}
