// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import static org.lvsdirector.config.lvscf.catalogue.LinkDirectives.LINK_BACKUP;
import static org.lvsdirector.config.lvscf.catalogue.LinkDirectives.LINK_PRIMARY;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.Pair.Link;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Node.Block;
import org.lvsdirector.config.lvscf.syntax.Node.Statement;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Makes heartbeat links from link blocks. */
public final class LinkBinder {
  private final ValueReader reader;
  private final Problems problems;

  LinkBinder(ValueReader reader, Problems problems) {
    this.reader = reader;
    this.problems = problems;
  }

  /** A link with what it was made from. */
  public record BoundLink(Link link, Values values, Token header) {}

  /** The links of all link blocks, without those that are wrong in a way that was told. */
  List<BoundLink> bind(List<Block> blocks) {
    var bound = new ArrayList<BoundLink>();
    for (var block : blocks) {
      if (block.scope() == Scope.LINK) {
        var link = bind(block);
        if (link != null) {
          bound.add(link);
        }
      }
    }
    return bound;
  }

  private @Nullable BoundLink bind(Block block) {
    var values = Binder.valuesOf(block, problems);
    var ends = reader.suiting(LINK_PRIMARY, block.children());
    for (var child : block.children()) {
      if (child instanceof Statement statement) {
        ends.read(Scope.LINK, statement, values);
      }
    }
    var primary = end(LINK_PRIMARY, values, block.header());
    var backup = end(LINK_BACKUP, values, block.header());
    if (primary == null || backup == null) {
      return null;
    }
    if (primary.family() != backup.family()) {
      problems.report(
          ProblemCode.MIXED_FAMILIES,
          values.at(LINK_BACKUP, block.header()),
          "the two ends of the "
              + PrintableText.printable(block.name())
              + " link are of different families",
          "give both as IPv4 or both as IPv6");
    }
    return new BoundLink(new Link(block.name(), primary, backup), values, block.header());
  }

  private @Nullable IpAddress end(Directive<IpAddress> directive, Values values, Token header) {
    if (values.isMissing(directive)) {
      problems.report(
          ProblemCode.REQUIRED,
          header,
          "the link has no address of the " + directive.word() + " director",
          "add " + directive.word() + " = ADDRESS");
    }
    return values.given(directive);
  }

  /** Tells of links that cannot be told apart. */
  void checkDistinct(List<Link> before, List<BoundLink> bound) {
    Map<String, String> names = new HashMap<>();
    names.put("public", "primary and backup");
    names.put("private", "primary_private and backup_private");
    Map<IpAddress, String> addresses = new HashMap<>();
    for (var link : before) {
      addresses.put(link.primary(), link.name());
      addresses.put(link.backup(), link.name());
    }
    for (var one : bound) {
      var name = one.link().name();
      var twin = names.putIfAbsent(name, one.header().lineSeenFrom(one.header()));
      if (twin != null) {
        problems.report(
            ProblemCode.DUPLICATE_LINK,
            one.header(),
            "the link of " + twin + " is called " + PrintableText.quoted(name) + " already",
            "give each link a name of its own");
      }
      checkEnd(one, LINK_PRIMARY, addresses);
      checkEnd(one, LINK_BACKUP, addresses);
    }
  }

  private void checkEnd(
      BoundLink one, Directive<IpAddress> directive, Map<IpAddress, String> addresses) {
    var address = one.values().given(directive);
    var twin = address == null ? null : addresses.putIfAbsent(address, one.link().name());
    if (twin != null) {
      problems.report(
          ProblemCode.DUPLICATE_LINK,
          one.values().at(directive, one.header()),
          address + " is an end of the " + PrintableText.printable(twin) + " link already",
          "each end of each link has an address of its own");
    }
  }
}
