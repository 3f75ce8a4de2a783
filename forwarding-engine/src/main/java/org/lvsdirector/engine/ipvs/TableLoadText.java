// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lvsdirector.engine.TableLoad;
import org.lvsdirector.engine.TableLoad.Hash;

/**
 * The text of /proc/net/ip_vs_status, which Linux has from 7.1 on: a name and a number in each
 * line, such as {@code Conn buckets: 256 (8 bits, lfactor -4)} and {@code Conn buckets len-2: 3
 * (1%)}. Pure.
 */
public final class TableLoadText {
  /** Where it is, below {@code /}. */
  public static final String FILE = "proc/net/ip_vs_status";

  /** Chains of this length and longer ones are counted together. */
  public static final int LONG_CHAIN = 7;

  private static final Pattern LINE = Pattern.compile("([^:]+):\\s*(\\d{1,18})(?:\\s.*)?");
  private static final Pattern EXPONENT = Pattern.compile("lfactor (-?\\d{1,9})\\)");

  private TableLoadText() {}

  /**
   * What it tells; empty when a line is missing that is always there. Lines unknown are nothing.
   */
  public static Optional<TableLoad> parse(String text) {
    var lines = text.lines().toList();
    var numbers = numbers(lines);
    var connections = hash("Conns", "Conn buckets", lines, numbers);
    var services = hash("Services", "Service buckets", lines, numbers);
    return connections.flatMap(first -> services.map(second -> new TableLoad(first, second)));
  }

  private static Map<String, Long> numbers(List<String> lines) {
    return lines.stream()
        .map(LINE::matcher)
        .filter(line -> line.matches())
        .collect(
            Collectors.toMap(
                line -> line.group(1), line -> Long.parseLong(line.group(2)), (first, _) -> first));
  }

  private static Optional<Hash> hash(
      String total, String table, List<String> lines, Map<String, Long> numbers) {
    var buckets = numbers.get(table);
    var exponent = exponent(lines, table);
    if (!numbers.containsKey(total) || buckets == null || exponent.isEmpty()) {
      return Optional.empty();
    }
    var chains = new ArrayList<Long>();
    for (var length = 1; length <= LONG_CHAIN; length++) {
      chains.add(numbers.getOrDefault(table + " len-" + length, 0L));
    }
    return Optional.of(
        new Hash(entries(chains, numbers.get(total)), buckets, (int) exponent.getAsLong(), chains));
  }

  /** Counted in the buckets, where NAT has two for a connection; never less than are told. */
  private static long entries(List<Long> chains, long told) {
    var counted = 0L;
    for (var i = 0; i < chains.size(); i++) {
      counted += (i + 1) * chains.get(i);
    }
    return Math.max(counted, told);
  }

  private static OptionalLong exponent(List<String> lines, String table) {
    return lines.stream()
        .filter(line -> line.startsWith(table + ":"))
        .flatMap(line -> Stream.of(EXPONENT.matcher(line)))
        .filter(found -> found.find())
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .findFirst();
  }
}
