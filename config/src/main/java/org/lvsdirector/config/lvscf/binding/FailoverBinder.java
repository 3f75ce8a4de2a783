// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.START_CMD;
import static org.lvsdirector.config.lvscf.catalogue.ServiceDirectives.STOP_CMD;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.FailoverService;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.catalogue.ServiceDirectives;
import org.lvsdirector.config.lvscf.check.CheckDirectives;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Node.Block;
import org.lvsdirector.config.lvscf.syntax.Node.Statement;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Makes a failover service from a failover block. */
public final class FailoverBinder {
  private static final Set<Directive<?>> HAS_EFFECT =
      Set.of(
          ServiceDirectives.ACTIVE,
          ServiceDirectives.ADDRESS,
          ServiceDirectives.VIP_NMASK,
          ServiceDirectives.PROTOCOL,
          ServiceDirectives.PORT,
          START_CMD,
          STOP_CMD);

  private static final Set<Directive<?>> OF_CHECKS =
      Set.of(
          CheckDirectives.CHECK,
          CheckDirectives.TIMEOUT,
          CheckDirectives.INTERVAL,
          CheckDirectives.RISE,
          CheckDirectives.FALL,
          CheckDirectives.REENTRY);

  private final ValueReader reader;
  private final Problems problems;
  private final List<UnusedBlock> unused = new ArrayList<>();

  FailoverBinder(ValueReader reader, Problems problems) {
    this.reader = reader;
    this.problems = problems;
  }

  /** An active failover service with what it was made from. */
  public record BoundFailover(FailoverService service, Values values, Token header) {}

  /** The failover blocks so far that are not active. */
  List<UnusedBlock> unused() {
    return unused;
  }

  /** The service; null when the block is not active, or wrong in a way that was told. */
  @Nullable BoundFailover bind(Block block) {
    var values = read(block);
    if (!values.get(ServiceDirectives.ACTIVE)) {
      unused.add(new UnusedBlock(Scope.FAILOVER, block.name(), values, List.of()));
      return null;
    }
    var header = block.header();
    tellOfWithoutEffect(values, header);
    var place = AddressBinder.place(Scope.FAILOVER, values, header, problems);
    var start = command(START_CMD, values, header);
    var stop = command(STOP_CMD, values, header);
    var check = new CheckBinder(values, header, problems, false).bind();
    if (place == null || start == null || stop == null) {
      return null;
    }
    var address = AddressBinder.bind(place, ServiceDirectives.VIP_NMASK, values, problems);
    var service =
        new FailoverService(
            block.name(),
            address,
            values.get(ServiceDirectives.PROTOCOL),
            values.get(ServiceDirectives.PORT),
            check,
            start,
            stop);
    return new BoundFailover(service, values, header);
  }

  private void tellOfWithoutEffect(Values values, Token header) {
    for (var row : Catalogue.rows()) {
      var isUsed = row.status() == Directive.Status.USED;
      if (isUsed && values.isMentioned(row) && !HAS_EFFECT.contains(row)) {
        var isOfCheck = CheckBinder.OF_SOME_KINDS.contains(row) || OF_CHECKS.contains(row);
        problems.note(
            isOfCheck ? ProblemCode.NOT_ACTED_ON : ProblemCode.NO_EFFECT,
            values.nameOf(row, header),
            "'" + row.word() + "' has no effect in a failover block",
            isOfCheck
                ? "this version does not check failover services"
                : "it is for virtual blocks; it was so with Piranha");
      }
    }
  }

  private Values read(Block block) {
    var values = Binder.valuesOf(block, problems);
    var lines = reader.suiting(ServiceDirectives.ADDRESS, block.children());
    for (var child : block.children()) {
      switch (child) {
        case Statement statement -> lines.read(Scope.FAILOVER, statement, values);
        case Block server ->
            problems.report(
                ProblemCode.NO_EFFECT,
                server.header(),
                "a " + server.scope().word() + " block has no effect in a failover block",
                "remove it, or make the block a virtual one");
      }
    }
    return values;
  }

  private @Nullable String command(Directive<String> directive, Values values, Token header) {
    var command = values.given(directive);
    if (command != null && !command.isBlank()) {
      return command;
    }
    if (command != null || values.isMissing(directive)) {
      problems.report(
          ProblemCode.REQUIRED,
          values.at(directive, header),
          "the failover block is active and has no " + directive.word(),
          "add " + directive.word() + " = \"/path/to/program argument\"");
    }
    return null;
  }
}
