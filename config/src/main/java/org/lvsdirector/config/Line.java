package org.lvsdirector.config;

/**
 * One line of a file.
 *
 * @param file the file's name as told to people; empty when it is nowhere
 * @param number 1-based
 * @param text without the line end
 */
record Line(String file, int number, String text) {}
