package org.lvsdirector.config;

import static org.lvsdirector.config.Catalogue.START_CMD;
import static org.lvsdirector.config.Catalogue.STOP_CMD;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Node.Block;
import org.lvsdirector.config.Node.Statement;

/** Makes a failover service from a failover block. */
final class FailoverBinder {
  private final ValueReader reader;
  private final Problems problems;

  FailoverBinder(ValueReader reader, Problems problems) {
    this.reader = reader;
    this.problems = problems;
  }

  /** An active failover service with what it was made from. */
  record BoundFailover(FailoverService service, Values values, Token header) {}

  /** The service; null when the block is not active, or wrong in a way that was told. */
  @Nullable BoundFailover bind(Block block) {
    var values = read(block);
    if (!values.get(Catalogue.ACTIVE)) {
      return null;
    }
    var header = block.header();
    var place = AddressBinder.place(Scope.FAILOVER, values, header, problems);
    var start = command(START_CMD, values, header);
    var stop = command(STOP_CMD, values, header);
    var check = new CheckBinder(values, header, problems).bind();
    if (place == null || start == null || stop == null) {
      return null;
    }
    var address = AddressBinder.bind(place, Catalogue.VIP_NMASK, values, problems);
    var service =
        new FailoverService(
            block.name(),
            address,
            values.get(Catalogue.PROTOCOL),
            values.get(Catalogue.PORT),
            check,
            start,
            stop);
    return new BoundFailover(service, values, header);
  }

  private Values read(Block block) {
    var values = new Values();
    var lines = reader.suiting(Catalogue.ADDRESS, block.children());
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
    if (command != null || !values.isMentioned(directive)) {
      problems.report(
          ProblemCode.REQUIRED,
          values.at(directive, header),
          "the failover block is active and has no " + directive.word(),
          "add " + directive.word() + " = \"/path/to/program argument\"");
    }
    return null;
  }
}
