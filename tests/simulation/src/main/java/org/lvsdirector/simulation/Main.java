package org.lvsdirector.simulation;

/** Runs simulations from the command line: see {@code tests/simulation/run --help}. */
public final class Main {

  private static final String USAGE =
      """
      Runs the failover simulator.

        run hours [N [FIRST-SEED]]   N hours of random faults, one for each seed, and their numbers;
                                     1000 and 1 when not given; a night's run: run hours 100000 1001
        run seed N                   the transcript of one seed
        run losses [HOURS]           the table of false failovers in docs/failover.md; 1000 hours
                                     for each number, or until 400 were counted
      """;

  private Main() {}

  /** {@code hours [N [FIRST-SEED]]}, {@code seed N}, {@code losses [HOURS]} or {@code --help}. */
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
      case "losses" -> Losses.table(number(words, 1, 1000), System.out::println);
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
