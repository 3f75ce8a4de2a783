package org.lvsdirector.config;

/**
 * A text of lvs.cf.
 *
 * @param file its name, for messages
 * @param text what it says
 * @param includes where the files come from that it includes
 */
record Source(String file, String text, IncludedFiles includes) {}
