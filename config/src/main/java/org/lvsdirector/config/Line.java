package org.lvsdirector.config;

/**
 * One line of a file.
 *
 * @param number 1-based
 * @param text without the line end
 */
record Line(int number, String text) {}
