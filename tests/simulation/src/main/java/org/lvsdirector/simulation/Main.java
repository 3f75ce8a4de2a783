package org.lvsdirector.simulation;

import java.util.Arrays;

/** Runs simulations from the command line: see {@code tests/simulation/run}. */
public final class Main {

  private Main() {}

  /** {@code hours N [FIRST-SEED]}, {@code seed N}, or {@code losses [HOURS]}. */
  public static void main(String[] words) {
    switch (words.length == 0 ? "" : words[0]) {
      case "hours" -> System.out.println(Campaign.run(number(words, 2, 1), number(words, 1, 1000)));
      case "seed" -> System.out.print(Faults.run(number(words, 1, 1), Campaign.HOUR).trace());
      case "losses" -> System.out.print(Losses.table(number(words, 1, 1000)));
      default ->
          throw new IllegalArgumentException(
              "hours N [FIRST-SEED] | seed N | losses [HOURS], not " + Arrays.toString(words));
    }
  }

  private static long number(String[] words, int index, long otherwise) {
    return words.length > index ? Long.parseLong(words[index]) : otherwise;
  }
}
