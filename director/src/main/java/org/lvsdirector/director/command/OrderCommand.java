// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Pair.Node;
import org.lvsdirector.config.Role;
import org.lvsdirector.director.admin.AdminClient;
import org.lvsdirector.director.admin.Json;
import org.lvsdirector.director.admin.OrderReport;
import org.lvsdirector.director.admin.StatusReport;
import org.lvsdirector.director.machine.Patience;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gives an order to the daemon, shows what the directors do meanwhile, and tells the outcome. */
@Command(mixinStandardHelpOptions = true)
public abstract sealed class OrderCommand extends AskDaemon {
  private static final int LOOK_MILLIS = 100;

  @Mixin private JsonOption json = new JsonOption();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for the outcome (default: ${DEFAULT-VALUE}).")
  private long timeoutSeconds = Patience.ORDER_ANSWER.toSeconds();

  /** The path of the request. */
  abstract String path();

  @Override
  final int ask(AdminClient client) throws IOException, Refused {
    var answer = new CompletableFuture<AdminClient.Answer>();
    Thread.startVirtualThread(() -> order(client, answer));
    try {
      showProgress(client, answer);
      return tell(report(answer.get(), OrderReport.class));
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException nobody ? nobody : new IOException(failed);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ExitStatus.REFUSED;
    }
  }

  private void order(AdminClient client, CompletableFuture<AdminClient.Answer> answer) {
    try {
      answer.complete(client.post(path(), Duration.ofSeconds(timeoutSeconds)));
    } catch (IOException | RuntimeException failed) {
      answer.completeExceptionally(failed);
    }
  }

  /** Prints the roles at each change until the answer is there. */
  private void showProgress(AdminClient client, CompletableFuture<AdminClient.Answer> answer)
      throws InterruptedException, ExecutionException {
    var shown = "";
    while (!json.isJson()) {
      try {
        answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException _) {
        var now = roles(client);
        if (!now.isEmpty() && !now.equals(shown)) {
          err().println("  " + now);
          shown = now;
        }
      }
    }
  }

  private static String roles(AdminClient client) {
    try {
      var report = client.status();
      return report.self().node() + " " + report.self().role() + partner(report.partner());
    } catch (IOException busy) {
      return "";
    }
  }

  private static String partner(StatusReport.@Nullable Partner partner) {
    return partner == null || partner.role() == null
        ? ""
        : ", " + partner.node() + " " + partner.role();
  }

  private int tell(OrderReport report) {
    print(
        report.isDone() || json.isJson() ? out() : err(),
        json.isJson() ? Json.text(report) : sentence(report));
    return status(report.isDone());
  }

  /** The one that takes over says so before the other has let go; that is heard a moment later. */
  private static String roles(OrderReport report) {
    var partner = "primary".equals(report.node()) ? "backup" : "primary";
    if (report.partnerRole() == null) {
      return report.node() + " is " + report.role();
    }
    return report.role() == Role.ACTIVE && report.partnerRole() == Role.ACTIVE
        ? report.node() + " is ACTIVE now, " + partner + " is letting go"
        : report.node() + " is " + report.role() + ", " + partner + " is " + report.partnerRole();
  }

  static String sentence(OrderReport report) {
    var roles = roles(report);
    if (!report.isDone()) {
      return "%s refused: %s; %s%n".formatted(report.order(), report.reason(), roles);
    }
    return report.reason().isEmpty()
        ? "%s done in %d ms: %s%n".formatted(report.order(), report.tookMillis(), roles)
        : "nothing to do: %s%n".formatted(report.reason());
  }

  /** {@code director failover}: the role moves to the other director. */
  @Command(
      name = "failover",
      description = {
        "Moves the role to the other director, make before break: it takes the addresses and says"
            + " so, then the active one lets go. Works on either director. A refusal leaves"
            + " everything as it was.",
        "Exit status: 0 done, 1 refused (the reason is printed), 3 no daemon answers."
      })
  public static final class Failover extends OrderCommand {
    @Option(
        names = "--to",
        paramLabel = "NODE",
        description = "primary or backup: do nothing when that director is active already.")
    private @Nullable Node to;

    @Override
    String path() {
      return to == null ? "/v1/failover" : "/v1/failover/" + to.word();
    }
  }

  /** {@code director standby}: this director keeps out until {@code online}. */
  @Command(
      name = "standby",
      description = {
        "Takes this director out of service: it hands over when it is active, and does not take"
            + " over again before `director online`, not even after a restart of the daemon.",
        "Exit status: 0 done, 1 refused (the reason is printed), 3 no daemon answers."
      })
  public static final class Standby extends OrderCommand {
    @Override
    String path() {
      return "/v1/standby";
    }
  }

  /** {@code director online}: this director may take over again. */
  @Command(
      name = "online",
      description = {
        "Ends `director standby`: this director may take over again. The role stays where it is.",
        "Exit status: 0 done, 1 refused (the reason is printed), 3 no daemon answers."
      })
  public static final class Online extends OrderCommand {
    @Override
    String path() {
      return "/v1/online";
    }
  }
}
