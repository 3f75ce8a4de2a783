// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.problem;

import java.util.Locale;
import org.lvsdirector.config.problem.Problem.Severity;

/**
 * Every kind of problem with its stable code.
 *
 * <p>Codes up to LVS0016 carry the numbers that Piranha's parser used for the same mistakes. A code
 * is never reused for another meaning.
 */
public enum ProblemCode {
  EMPTY(1, Severity.ERROR, "the file holds no statement"),
  UNREADABLE(2, Severity.ERROR, "the file cannot be read"),
  QUOTE(3, Severity.ERROR, "a quoted word is not closed, or something is glued to it"),
  UNEXPECTED_END(4, Severity.ERROR, "the file ends inside a block"),
  UNEXPECTED_WORDS(5, Severity.ERROR, "more words than the statement takes"),
  EQUAL_EXPECTED(6, Severity.ERROR, "the = between name and value is missing or glued to a word"),
  MISSING_VALUE(7, Severity.ERROR, "a value, a block's name or its opening brace is missing"),
  INVALID_ADDRESS(8, Severity.ERROR, "not an address, or one that makes no sense here"),
  INVALID_WORD(9, Severity.ERROR, "not one of the words that the directive takes"),
  NOT_A_NUMBER(10, Severity.ERROR, "a whole number is expected"),
  NOT_A_BOOLEAN(11, Severity.ERROR, "0 or 1 is expected"),
  UNKNOWN_DIRECTIVE(12, Severity.ERROR, "no directive or block has this name"),
  LIST_EXPECTED(13, Severity.ERROR, "a list in brackets is expected"),
  INVALID_MASK(16, Severity.ERROR, "not a network mask"),
  WRONG_SCOPE(17, Severity.ERROR, "the directive or block belongs elsewhere"),
  STRAY_BRACE(18, Severity.ERROR, "a brace that opens or closes nothing"),
  NUL_CHARACTER(19, Severity.ERROR, "a NUL character"),
  LINE_TOO_LONG(20, Severity.ERROR, "a line longer than 65536 characters"),
  INVALID_UTF8(21, Severity.ERROR, "bytes that are not UTF-8; a warning in comments of lvs.cf"),
  FILE_TOO_BIG(22, Severity.ERROR, "a file of more than 16 MiB"),
  TOO_MANY_PROBLEMS(
      23, Severity.ERROR, "more than 1000 problems; a warning if no error is among the rest"),
  OUT_OF_RANGE(24, Severity.ERROR, "a number outside of what makes sense"),
  INVALID_DURATION(25, Severity.ERROR, "not a length of time"),
  INVALID_PORT(26, Severity.ERROR, "neither a port number nor the name of a service"),
  INVALID_ESCAPE(27, Severity.ERROR, "an escape that send and expect do not know"),
  INVALID_REGEX(28, Severity.ERROR, "a regular expression that does not compile"),
  INVALID_DEVICE(29, Severity.ERROR, "not the name of a network interface"),

  INCLUDE(30, Severity.ERROR, "an include that cannot be followed"),

  ODD_BLANK(31, Severity.ERROR, "a blank that is neither a space nor a tab"),

  BYTE_ORDER_MARK(40, Severity.WARNING, "the file begins with a byte order mark"),
  CARRIAGE_RETURN(41, Severity.WARNING, "lines end in a carriage return"),
  DUPLICATE_DIRECTIVE(42, Severity.WARNING, "the directive was given before; the last one wins"),
  ODD_NUMBER(
      43,
      Severity.WARNING,
      "a number that hardly anybody means: octal by a leading zero, or more than a switch"),
  ODD_ADDRESS(44, Severity.WARNING, "an address that hardly anybody means, or in such a form"),
  TEXT_AFTER_BRACE(45, Severity.WARNING, "text after a closing brace is ignored"),
  BARE_PREFIX(46, Severity.WARNING, "a prefix length without slash, an address to Piranha"),
  NOT_ACTED_ON(47, Severity.NOTE, "understood, but without effect in this version"),
  GUI_ONLY(48, Severity.WARNING, "written by Piranha's web page only; its daemons refuse it"),
  OLD_NAME(49, Severity.WARNING, "another name of a directive"),
  SINGLE_QUOTES(50, Severity.WARNING, "single quotes, which Piranha sent along"),
  DUPLICATE_NAME(51, Severity.WARNING, "two blocks have the same name"),
  INCLUDE_EMPTY(52, Severity.WARNING, "an include that no file matches"),
  UNKNOWN_HOST(60, Severity.ERROR, "a host that has no address now"),
  HOST_REMEMBERED(61, Severity.WARNING, "a host whose last known address is used"),

  REQUIRED(101, Severity.ERROR, "something that is needed is not given"),
  LINK_INCOMPLETE(102, Severity.ERROR, "only one end of the private link is given"),
  DEADTIME_TOO_SHORT(
      103, Severity.ERROR, "deadtime is not longer than keepalive; a warning without a backup"),
  MIXED_FAMILIES(104, Severity.ERROR, "IPv4 and IPv6 where only one of them can be"),
  DUPLICATE_SERVICE(105, Severity.ERROR, "two active virtual blocks serve the same packets"),
  DUPLICATE_SERVER(106, Severity.ERROR, "two active servers of a virtual are the same"),
  PORT_MISMATCH(107, Severity.ERROR, "direct routing and tunnelling cannot change the port"),
  PORT_ZERO(108, Severity.ERROR, "port 0 where a port is needed"),
  CANNOT_CHECK(109, Severity.ERROR, "the check could never succeed"),
  THRESHOLDS(110, Severity.ERROR, "the lower threshold is above the upper one"),
  SELF_FORWARDING(111, Severity.ERROR, "a virtual service would forward to itself"),
  WRONG_SERVICE_KIND(112, Severity.ERROR, "'service' selects blocks that are not there"),
  SAME_DIRECTOR(113, Severity.ERROR, "primary and backup are the same machine"),

  ONE_PACKET(114, Severity.ERROR, "one-packet scheduling of something that has connections"),
  QUORUM(115, Severity.ERROR, "a quorum that the servers can never reach, or never lose"),
  WITNESS(116, Severity.ERROR, "the witness is not a third machine"),
  PING_TARGET(117, Severity.ERROR, "a ping target that says nothing about the network"),
  DUPLICATE_LINK(118, Severity.ERROR, "two links have the same name or the same address"),

  DEADTIME_MULTIPLE(
      120, Severity.WARNING, "deadtime is a whole multiple of keepalive; a note for bare seconds"),
  NO_ACTIVE_SERVICE(121, Severity.WARNING, "no virtual block is active"),
  NO_ACTIVE_SERVER(122, Severity.WARNING, "a virtual block has no active server"),
  PRIVATE_LINK_IGNORED(
      123, Severity.WARNING, "the private link is not used; a note when it is the public one"),
  BACKUP_IGNORED(124, Severity.WARNING, "there is no backup although backup_active says so"),
  NO_EFFECT(
      125,
      Severity.WARNING,
      "the directive has no effect beside the others; a note for send beside send_program"),
  PORT_AFTER_SERVER(126, Severity.WARNING, "a port line comes after servers that need it"),
  SHARED_MARK(127, Severity.WARNING, "two active virtual blocks have the same firewall mark"),
  SHARED_LABEL(128, Severity.WARNING, "one alias device for several addresses"),
  ADDRESS_DISAGREES(129, Severity.WARNING, "one address with different devices or masks"),
  CHECK_REPLACED(130, Severity.WARNING, "another check is made than the one asked for"),
  REENTRY_ZERO(131, Severity.WARNING, "reentry 0 means the default"),
  VIRTUAL_IS_DIRECTOR(132, Severity.WARNING, "a virtual address is a director's own address"),
  NO_MASK(133, Severity.WARNING, "a mask of 0.0.0.0; a note where none is given"),
  OVERLAP(134, Severity.WARNING, "a service of every port has others beside it"),
  PLACEHOLDER(135, Severity.WARNING, "%h or %p inside of a word, which Piranha did not replace"),
  CANNOT_MAKE(136, Severity.ERROR, "a kind of check that this version cannot make"),
  LONG_EXPECT(137, Severity.WARNING, "more to expect than Piranha compared"),
  NO_LOSS_SURVIVED(138, Severity.WARNING, "a single lost heartbeat is taken for a death"),
  PROGRAM_FAILS(139, Severity.NOTE, "a program that fails means a server that is down"),

  SETTING_SYNTAX(201, Severity.ERROR, "director.conf is not HOCON"),
  SETTING_UNKNOWN(202, Severity.ERROR, "director.conf has no such setting"),
  SETTING_TYPE(203, Severity.ERROR, "a setting of director.conf has a value of the wrong kind"),
  SETTING_RANGE(204, Severity.ERROR, "a setting of director.conf is out of range"),
  SETTING_INDIRECT(205, Severity.ERROR, "includes and substitutions are not for director.conf");

  private final int number;
  private final Severity severity;
  private final String description;

  ProblemCode(int number, Severity severity, String description) {
    this.number = number;
    this.severity = severity;
    this.description = description;
  }

  /** The stable code, such as {@code LVS0012}. */
  public String code() {
    return String.format(Locale.ROOT, "LVS%04d", number);
  }

  /** What it means for the file, if not said otherwise where it is told. */
  public Severity severity() {
    return severity;
  }

  /** What the code stands for, in one line. */
  public String description() {
    return description;
  }
}
