// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

/** One scenario: from a healthy pair to the verdict. */
final class Scene {
  private final Stage stage;
  private final Report report;
  private final String name;
  private String verdict = "";
  final Node active;
  final Node standby;

  /** When the fault begins, by {@link System#nanoTime}. */
  long startNanos;

  /** Settles the pair and begins. */
  Scene(Stage stage, Report report, String name) throws IOException {
    this.stage = stage;
    this.report = report;
    this.name = name;
    stage.settle();
    active = stage.lab().activeNode();
    standby = active.other();
    startNanos = System.nanoTime();
  }

  /** The changes of role since the beginning. */
  List<Transition> transitions() throws IOException {
    return stage.directors().transitions(startNanos);
  }

  /** The deadtime of the pair. */
  long deadtimeNanos() {
    return stage.directors().profile().deadtimeMillis() * 1_000_000;
  }

  /** A remark for the table. */
  void note(String text) {
    verdict = ", " + text;
  }

  /** For how long both may have the address while anything gets across: docs/failover.md. */
  long dualBoundNanos() {
    return stage.directors().profile().dualBoundMillis() * 1_000_000;
  }

  /**
   * The standby has taken over; clients noticed not much, and know where the address is now.
   *
   * @param dualBoundNanos for how long both may have had the address since {@code dualFromNanos}
   */
  void expectTakeover(long dualFromNanos, long dualBoundNanos) throws IOException {
    var now = System.nanoTime();
    awaitRemembered(standby);
    report.add(row(now, "moved" + verdict));
    var outage = stage.udp().outage(startNanos, now);
    assertThat(outage.longestNanos())
        .as("%s: outage of clients%s", name, story())
        .isLessThan(4 * deadtimeNanos());
    assertThat(stage.lab().bothHeldNanos(dualFromNanos, System.nanoTime()))
        .as("%s: both had the address%s", name, story())
        .isLessThanOrEqualTo(dualBoundNanos);
  }

  /** When a director changed its role first; now if it has not. */
  long firstChange(Node node) throws IOException {
    return transitions().stream()
        .filter(one -> one.node() == node)
        .mapToLong(Transition::atNanos)
        .findFirst()
        .orElse(System.nanoTime());
  }

  /** Waits until one of the two is active, the other ready, and clients are served. */
  void awaitOne() throws IOException {
    var directors = stage.directors();
    stage
        .lab()
        .await(
            name + ": one is active and the other ready",
            () ->
                directors.isReady(Node.PRIMARY) && directors.isActive(Node.BACKUP)
                    || directors.isReady(Node.BACKUP) && directors.isActive(Node.PRIMARY));
    stage.awaitService();
  }

  /** The one that took over has kept the role, since its claim is the later one. */
  void expectMoved(long dualFromNanos, long dualBoundNanos) throws IOException {
    expectOne(dualFromNanos, dualBoundNanos);
    assertThat(stage.lab().activeNode())
        .as("%s: who is active%s", name, story())
        .isEqualTo(standby);
  }

  /** One of the two is active, whoever it is, and clients know where. */
  void expectOne(long dualFromNanos, long dualBoundNanos) throws IOException {
    var now = System.nanoTime();
    var holder = stage.lab().activeNode();
    awaitRemembered(holder);
    report.add(row(now, (holder == active ? "stayed" : "moved") + verdict));
    assertThat(stage.directors().isActive(holder.other())).as("%s%s", name, story()).isFalse();
    assertThat(stage.lab().bothHeldNanos(dualFromNanos, System.nanoTime()))
        .as("%s: both had the address%s", name, story())
        .isLessThanOrEqualTo(dualBoundNanos);
  }

  /** Nothing has happened that clients notice, and nobody changed its role. */
  void expectNothing() throws IOException {
    var now = System.nanoTime();
    awaitRemembered(active);
    report.add(row(now, "stayed" + verdict));
    assertThat(transitions().stream().map(Transition::text).toList()).as(name).isEmpty();
    assertThat(stage.directors().isActive(active)).as(name).isTrue();
    assertThat(stage.udp().outage(startNanos, now).longestNanos())
        .as("%s: outage of clients", name)
        .isLessThan(2 * deadtimeNanos());
    assertThat(stage.lab().bothHeldNanos(startNanos, now)).as(name).isZero();
  }

  private Report.Row row(long now, String text) throws IOException {
    var taken = stage.lab().heldAfter(standby, startNanos);
    return new Report.Row(
        name,
        detection(),
        taken < 0 ? -1 : (taken - startNanos) / 1_000_000,
        stage.udp().outage(startNanos, now).longestMillis(),
        transitions().size(),
        stage.lab().bothHeldNanos(startNanos, now) / 1_000_000,
        stage.questions().dualNanos(startNanos, now) / 1_000_000,
        text);
  }

  private long detection() throws IOException {
    return transitions().stream()
        .filter(one -> one.node() == standby && one.to().equals("CLAIMING"))
        .mapToLong(one -> Math.max(0, (one.atNanos() - startNanos) / 1_000_000))
        .findFirst()
        .orElse(-1);
  }

  private String story() throws IOException {
    var story = new StringBuilder();
    for (var one : transitions()) {
      story.append("\n  +%d ms ".formatted((one.atNanos() - startNanos) / 1_000_000));
      story.append(one.text());
    }
    return story.toString();
  }

  /** The client and the router remember the address at a director, over IPv4 and IPv6. */
  void awaitRemembered(Node director) throws IOException {
    var mac = Net.PUBLIC.mac(director.number());
    stage
        .lab()
        .await(
            name + ": all remember the address at " + director.word(),
            () ->
                stage.remembered(Node.CLIENT, Lab.VIRTUAL_4).equals(mac)
                    && stage.remembered(Node.ROUTER, Lab.VIRTUAL_4).equals(mac)
                    && stage.remembered(Node.CLIENT, Lab.VIRTUAL_6).equals(mac));
  }
}
