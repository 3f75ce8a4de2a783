// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.lvsdirector.config.lvscf.ConfigFiles;

/**
 * Large configurations: writes them for both programs, and reads ours again and again in one JVM.
 *
 * <p>{@code write SERVICES SERVERS LVS_CF KEEPALIVED_CONF}, or {@code read ROUNDS LVS_CF}.
 */
final class LvsCfMain {
  private static final int HOSTS = 250;

  private static final String OUR_HEAD =
      """
      primary = 192.0.2.1
      backup = 192.0.2.2
      backup_active = 1
      keepalive = 100ms
      deadtime = 750ms
      network = nat

      """;

  private static final String OUR_SERVICE =
      """
      virtual serviceNUMBER {
      	active = 1
      	address = ADDRESS lo
      	vip_nmask = 255.255.255.255
      	port = 80
      	protocol = tcp
      	scheduler = wlc
      	interval = 6
      	timeout = 3
      """;

  private static final String OUR_SERVER =
      """
      	server serverNUMBER {
      		address = ADDRESS
      		active = 1
      		port = 8080
      		weight = 1
      	}
      """;

  private static final String THEIR_SERVICE =
      """
      virtual_server ADDRESS 80 {
        delay_loop 6
        lvs_sched wlc
        lvs_method NAT
        protocol TCP
      """;

  private static final String THEIR_SERVER =
      """
        real_server ADDRESS 8080 {
          weight 1
          TCP_CHECK {
            connect_timeout 3
          }
        }
      """;

  private LvsCfMain() {}

  /**
   * Prints for {@code read} the median seconds, by the wall and of the processors, of the second
   * half.
   */
  public static void main(String... args) throws IOException {
    if (args.length == 5 && args[0].equals("write")) {
      write(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Path.of(args[3]), true);
      write(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Path.of(args[4]), false);
    } else if (args.length == 3 && args[0].equals("read")) {
      read(Integer.parseInt(args[1]), Path.of(args[2]));
    } else {
      System.err.println("write SERVICES SERVERS LVS_CF KEEPALIVED_CONF | read ROUNDS LVS_CF");
      System.exit(2);
    }
  }

  private static void read(int rounds, Path file) {
    var wall = new double[rounds];
    var processor = new double[rounds];
    var process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    for (var i = 0; i < rounds; i++) {
      var before = System.nanoTime();
      var usedBefore = process.getProcessCpuTime();
      var parsed = ConfigFiles.lvsCf(file);
      processor[i] = (process.getProcessCpuTime() - usedBefore) / 1e9;
      wall[i] = (System.nanoTime() - before) / 1e9;
      if (parsed.config() == null || !parsed.problems().isEmpty()) {
        throw new IllegalStateException("not clean: " + parsed.problems());
      }
    }
    System.out.printf("%.3f %.3f%n", warmMedian(wall), warmMedian(processor));
  }

  private static double warmMedian(double[] all) {
    var warm = Arrays.copyOfRange(all, all.length / 2, all.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }

  private static void write(int services, int servers, Path file, boolean isOurs)
      throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      out.write(isOurs ? OUR_HEAD : "global_defs {\n  router_id bench\n}\n\n");
      var server = 0;
      for (var service = 0; service < services; service++) {
        var end = (int) ((long) servers * (service + 1) / services);
        out.write(filled(isOurs ? OUR_SERVICE : THEIR_SERVICE, service, address(64, service)));
        for (; server < end; server++) {
          server(server, isOurs, out);
        }
        out.write("}\n");
      }
    }
  }

  private static void server(int server, boolean isOurs, Writer out) throws IOException {
    out.write(filled(isOurs ? OUR_SERVER : THEIR_SERVER, server, address(128, server)));
  }

  private static String filled(String form, int number, String address) {
    return form.replace("NUMBER", Integer.toString(number)).replace("ADDRESS", address);
  }

  private static String address(int second, int number) {
    var third = number / HOSTS;
    return "10." + (second + third / HOSTS) + "." + third % HOSTS + "." + (number % HOSTS + 1);
  }
}
