// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.fuzz;

/** Reads bytes that come from outside, and asserts what holds for all of them. */
@FunctionalInterface
public interface Reading {

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException when they are refused, which is right
   */
  void read(byte[] bytes) throws Exception;
}
