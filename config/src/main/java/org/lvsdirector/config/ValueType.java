package org.lvsdirector.config;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Node.Statement;

/**
 * What a directive takes, how it is read and how it is written.
 *
 * @param <T> what it is afterwards
 */
interface ValueType<T> {

  /**
   * What reading may need.
   *
   * @param problems takes what is wrong
   * @param names looks up host and service names
   * @param preferred the family to take of a host that has both
   */
  record Reading(Problems problems, NameResolver names, IpAddress.Family preferred) {}

  /**
   * Reads the words of a statement, of which there is at least one.
   *
   * @return null when they are wrong, which was told
   */
  @Nullable T read(Statement statement, Reading reading);

  /** The words that are read as this value again. */
  String print(T value);

  /** What it takes, in a few words for the reference page. */
  String form();

  /** The only word of a statement; tells of any further word, which is then left out. */
  static Token only(Statement statement, Reading reading, String adviceForMore) {
    return atMost(1, statement, reading, adviceForMore);
  }

  /** The first word; tells when there are more than {@code count}. */
  static Token atMost(int count, Statement statement, Reading reading, String adviceForMore) {
    var values = statement.values();
    if (values.size() > count) {
      var extra = values.get(count);
      var isNextStatement = values.stream().skip(count).anyMatch(word -> word.is("="));
      reading
          .problems()
          .report(
              ProblemCode.UNEXPECTED_WORDS,
              extra,
              Shown.quoted(statement.name().text())
                  + (count == 1 ? " takes one value" : " takes " + count + " values")
                  + ", this is one too many",
              isNextStatement ? "write one statement per line" : adviceForMore);
    }
    return values.getFirst();
  }
}
