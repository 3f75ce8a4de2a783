// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.lvscf.catalogue.Catalogue;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.Directive.Status;
import org.lvsdirector.config.lvscf.directive.ValueType;
import org.lvsdirector.config.lvscf.directive.ValueType.Reading;
import org.lvsdirector.config.lvscf.directive.Values;
import org.lvsdirector.config.lvscf.syntax.Node;
import org.lvsdirector.config.lvscf.syntax.Node.Statement;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.problem.Nearest;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.Problem.Severity;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Looks names up in the catalogue and reads their values. */
final class ValueReader {
  private final Reading reading;
  private final Problems problems;

  ValueReader(Problems problems, NameResolver names) {
    this(new Reading(problems, names, IpAddress.Family.IPV4));
  }

  private ValueReader(Reading reading) {
    this.reading = reading;
    this.problems = reading.problems();
  }

  /**
   * This reader for statements among which hosts should be of one family with a directive's
   * address, if that is a literal; IPv4 otherwise.
   */
  ValueReader suiting(Directive<?> directive, List<Node> statements) {
    for (var node : statements) {
      if (node instanceof Statement statement
          && statement.name().is(directive.word())
          && !statement.values().isEmpty()) {
        var literal = IpAddress.parse(statement.values().getFirst().text());
        if (literal != null) {
          return new ValueReader(new Reading(problems, reading.names(), literal.family()));
        }
      }
    }
    return this;
  }

  /** Reads one statement of a block into the block's values. */
  void read(Scope scope, Statement statement, Values values) {
    var name = statement.name();
    var directive = Catalogue.find(scope, name.text());
    if (directive == null) {
      unknown(scope, name, values);
    } else {
      read(directive, statement, values);
    }
  }

  private <T> void read(Directive<T> directive, Statement statement, Values values) {
    var value =
        statement.isBroken() || statement.values().isEmpty()
            ? null
            : value(directive.type(), statement);
    var earlier = values.put(directive, statement, value);
    if (earlier != null) {
      problems.report(
          ProblemCode.DUPLICATE_DIRECTIVE,
          statement.name(),
          PrintableText.quoted(directive.word())
              + " was given in "
              + earlier.name().lineSeenFrom(statement.name())
              + " already",
          "this one wins; remove the other");
    }
    if (value != null && directive.status() != Status.USED) {
      tellOfStatus(directive, statement);
    }
  }

  private <T> @Nullable T value(ValueType<T> type, Statement statement) {
    if (statement.values().size() <= type.mostWords()) {
      return type.read(statement, reading);
    }
    tellOfMore(type, statement);
    // One message is enough for a line.
    return type.read(statement, reading.untold());
  }

  private void tellOfMore(ValueType<?> type, Statement statement) {
    var most = type.mostWords();
    var extra = statement.values().subList(most, statement.values().size());
    var isNextStatement = extra.stream().anyMatch(word -> word.is("="));
    problems.report(
        ProblemCode.UNEXPECTED_WORDS,
        extra.getFirst(),
        PrintableText.quoted(statement.name().text())
            + (most == 1 ? " takes one value" : " takes " + most + " values")
            + ", this is one too many",
        isNextStatement ? "write one statement per line" : type.adviceForMore(statement));
  }

  private void tellOfStatus(Directive<?> directive, Statement statement) {
    var name = statement.name();
    var word = PrintableText.quoted(directive.word());
    if (directive.quietWords().contains(statement.values().getFirst().text())) {
      return;
    }
    switch (directive.status()) {
      case USED, SILENT -> {}
      case NOT_ACTED_ON ->
          problems.note(
              ProblemCode.NOT_ACTED_ON,
              name,
              word + " has no effect in this version",
              "it would be: " + directive.meaning());
      case DEAD ->
          problems.report(
              ProblemCode.NO_EFFECT, name, word + " has no effect", directive.meaning());
      case IDLE ->
          problems.note(ProblemCode.NO_EFFECT, name, word + " has no effect", directive.meaning());
      case GUI_ONLY ->
          problems.report(
              ProblemCode.GUI_ONLY,
              name,
              word + " is ignored " + statementScope(directive),
              "Piranha's web page wrote it, its daemons refused it; remove the line");
      case OLD_NAME ->
          problems.report(
              ProblemCode.OLD_NAME, name, word + " is " + directive.meaning(), "it has no effect");
    }
  }

  private static String statementScope(Directive<?> directive) {
    return directive.scopes().stream().map(Scope::where).collect(Collectors.joining(" and "));
  }

  private void unknown(Scope scope, Token name, Values values) {
    if (problems.isFull()) {
      problems.leaveOut(Severity.ERROR);
      return;
    }
    var word = name.text();
    var others = Catalogue.scopesOf(word);
    if (!others.isEmpty()) {
      var places = others.stream().map(Scope::where).collect(Collectors.joining(", "));
      problems.report(
          ProblemCode.WRONG_SCOPE,
          name,
          PrintableText.quoted(word) + " cannot be " + scope.where(),
          "it belongs " + places);
      return;
    }
    var nearest = Nearest.word(word, Catalogue.words(scope));
    if (nearest != null) {
      values.noteMeant(nearest);
    }
    problems.report(
        ProblemCode.UNKNOWN_DIRECTIVE,
        name,
        "unknown directive " + PrintableText.quoted(word),
        nearest == null ? otherwise(word, scope) : "did you mean '" + nearest + "'?");
  }

  private static String otherwise(String word, Scope scope) {
    if (word.startsWith("//") || word.startsWith(";") || word.startsWith("--")) {
      return "a comment begins with #";
    }
    var elsewhere = nearestElsewhere(word, scope);
    return elsewhere != null ? elsewhere : "docs/lvs.cf.md lists what may stand " + scope.where();
  }

  private static @Nullable String nearestElsewhere(String word, Scope scope) {
    for (var other : Scope.values()) {
      var nearest = other == scope ? null : Nearest.word(word, Catalogue.words(other));
      if (nearest != null) {
        return "did you mean '" + nearest + "'? It belongs " + other.where();
      }
    }
    var block = Nearest.word(word, Scope.words());
    return block == null ? null : "did you mean '" + block + " NAME {'?";
  }
}
