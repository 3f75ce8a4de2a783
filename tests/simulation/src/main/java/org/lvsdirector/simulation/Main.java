// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.simulation;

/** Runs simulations from the command line: see {@code tests/simulation/run --help}. */
public final class Main {

  private static final String USAGE =
      """
      Runs the failover simulator.

        run hours [N [FIRST-SEED]]   N hours of random faults, one for each seed, and their numbers;
                                     1000 and 1 when not given; a night's run: run hours 100000 1001
        run seed N                   the transcript of one seed
        run losses [HOURS [LINKS]]   the table of false failovers in docs/failover.md; 1000 hours
                                     for each number, or until 400 were counted; from so many
                                     links on, 1 when not given
      """;

  private Main() {}

  /**
   * {@code hours [N [FIRST-SEED]]}, {@code seed N}, {@code losses [HOURS [LINKS]]} or {@code
   * --help}.
   */
  public static void main(String[] words) {
    try {
      run(words);
    } catch (IllegalArgumentException e) {
      System.err.println("run: " + e.getMessage() + "\n\n" + USAGE);
      System.exit(2);
    } catch (AssertionError e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(String[] words) {
    switch (words.length == 0 ? "" : words[0]) {
      case "hours" -> hours(number(words, 2, 1), number(words, 1, 1000));
      case "seed" -> System.out.print(Faults.run(number(words, 1, 1), Campaign.HOUR).trace());
      case "losses" -> Losses.table(number(words, 1, 1000), links(words), System.out::println);
      case "--help", "-h", "help" -> System.out.print(USAGE);
      case "" -> throw new IllegalArgumentException("what?");
      default -> throw new IllegalArgumentException("unknown word " + words[0]);
    }
  }

  private static void hours(long firstSeed, long hours) {
    if (Campaign.runOn(firstSeed, hours, System.out::println) > 0) {
      System.exit(1);
    }
  }

  private static int links(String[] words) {
    var links = number(words, 2, 1);
    if (links != 1 && links != 2) {
      throw new IllegalArgumentException("a pair has 1 or 2 links here, not " + links);
    }
    return (int) links;
  }

  private static long number(String[] words, int index, long otherwise) {
    if (words.length <= index) {
      return otherwise;
    }
    try {
      return Long.parseLong(words[index]);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("not a number: " + words[index]);
    }
  }
}
