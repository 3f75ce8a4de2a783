// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.CheckSettings.Check;
import org.lvsdirector.config.lvscf.directive.Directive;

/** A kind of check: everything that lvs.cf and its reference page know of it. */
public abstract sealed class CheckKind
    permits DnsKind,
        HttpKind,
        HttpsKind,
        NoneKind,
        PingKind,
        ScriptKind,
        SmtpKind,
        TcpKind,
        TlsKind,
        UdpKind {

  /** Whether nannies can make such a check. */
  enum Status {
    MADE,
    NOT_YET
  }

  /** Apart, because a kind is made before the directives that it has. */
  private static final class InOrder {
    static final List<CheckKind> KINDS =
        List.of(
            new TcpKind(),
            new HttpKind(),
            new HttpsKind(),
            new TlsKind(),
            new SmtpKind(),
            new DnsKind(),
            new PingKind(),
            new UdpKind(),
            new ScriptKind(),
            new NoneKind());
  }

  private final String word;
  private final Status status;
  private final String summary;
  private final List<String> example;

  /**
   * What is known of a kind without its directives.
   *
   * @param word what {@code check} calls it
   * @param summary when a server is good, in a few words
   * @param example statements of a virtual block
   */
  CheckKind(String word, Status status, String summary, String... example) {
    this.word = word;
    this.status = status;
    this.summary = summary;
    this.example = List.of(example);
  }

  /** Every kind, in the order of the reference page. */
  public static List<CheckKind> all() {
    return InOrder.KINDS;
  }

  /** The words of {@code check}, in the order of the reference page. */
  static SequencedMap<String, CheckKind> words() {
    var words = new LinkedHashMap<String, CheckKind>();
    all().forEach(kind -> words.put(kind.word(), kind));
    return Collections.unmodifiableSequencedMap(words);
  }

  /** The words of the kinds that this version can make, for people. */
  public static String madeWords() {
    return words(CheckKind::isRun);
  }

  /** The words of those that it cannot make, for people. */
  public static String laterWords() {
    return words(kind -> !kind.isRun());
  }

  /** Whether a directive is for kinds only that this version cannot make. */
  public static boolean isLater(Directive<?> directive) {
    var kinds = all().stream().filter(kind -> kind.directives().contains(directive)).toList();
    return !kinds.isEmpty() && kinds.stream().noneMatch(CheckKind::isRun);
  }

  /** What becomes of a directive, for people. */
  public static String statusOf(Directive<?> directive) {
    return isLater(directive) ? "not in this version: an error" : directive.status().text();
  }

  private static String words(Predicate<CheckKind> which) {
    return all().stream().filter(which).map(CheckKind::word).collect(Collectors.joining(", "));
  }

  /** The words of the kinds that have a directive, for people. */
  public static String wordsWith(Directive<?> directive) {
    return all().stream()
        .filter(kind -> kind.directives().contains(directive))
        .map(CheckKind::word)
        .collect(Collectors.joining(", "));
  }

  /**
   * The kind that makes a check.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static CheckKind of(Check check) {
    return all().stream()
        .filter(kind -> kind.settings(check) != null)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of check makes " + check));
  }

  /** What lvs.cf says of a check, {@code check} first. */
  public static CheckLines lines(Check check) {
    var kind = of(check);
    var own = Objects.requireNonNull(kind.settings(check));
    return new CheckLines().with(CheckDirectives.CHECK, kind).with(own);
  }

  /** The word of lvs.cf. */
  public final String word() {
    return word;
  }

  /** Whether this version can make such a check. */
  public final boolean isRun() {
    return status == Status.MADE;
  }

  /** When a server is good, in a few words. */
  public final String summary() {
    return summary;
  }

  /** Statements of a virtual block that is checked so. */
  public final List<String> example() {
    return example;
  }

  /** The directives that belong to this kind, and not to all. */
  public abstract List<Directive<?>> directives();

  /** Makes the check of what a block says, and tells what is wrong with it. */
  public abstract Check bind(CheckBlock block);

  /** What lvs.cf says of a check beside its kind; null when the check is of another kind. */
  abstract @Nullable CheckLines settings(Check check);

  @Override
  public final String toString() {
    return word;
  }
}
