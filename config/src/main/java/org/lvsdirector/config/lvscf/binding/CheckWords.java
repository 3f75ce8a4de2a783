// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.binding;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.lvscf.catalogue.CheckDirectives;
import org.lvsdirector.config.lvscf.catalogue.CheckKind;
import org.lvsdirector.config.lvscf.catalogue.Directive;

/** Which directives belong to which kind of check. */
public final class CheckWords {
  private static final Map<CheckKind, List<Directive<?>>> OF_KIND = new EnumMap<>(CheckKind.class);

  /** What holds without {@code check}: Piranha's own words, and the port. */
  private static final List<Directive<?>> PIRANHAS =
      List.of(
          CheckDirectives.SEND,
          CheckDirectives.EXPECT,
          CheckDirectives.USE_REGEX,
          CheckDirectives.SEND_PROGRAM,
          CheckDirectives.CHECK_PORT);

  /** Every directive that belongs to some kinds only. */
  static final Set<Directive<?>> ALL;

  static {
    for (var kind : CheckKind.values()) {
      OF_KIND.put(kind, words(kind));
    }
    var all = new LinkedHashSet<Directive<?>>(PIRANHAS);
    OF_KIND.values().forEach(all::addAll);
    ALL = all;
  }

  private CheckWords() {}

  private static List<Directive<?>> words(CheckKind kind) {
    return switch (kind) {
      case TCP, UDP ->
          List.of(
              CheckDirectives.CHECK_PORT,
              CheckDirectives.SEND,
              CheckDirectives.EXPECT,
              CheckDirectives.USE_REGEX);
      case SCRIPT ->
          List.of(
              CheckDirectives.CHECK_PORT,
              CheckDirectives.SEND_PROGRAM,
              CheckDirectives.EXPECT,
              CheckDirectives.USE_REGEX);
      case HTTP ->
          List.of(
              CheckDirectives.CHECK_PORT,
              CheckDirectives.CHECK_PATH,
              CheckDirectives.CHECK_METHOD,
              CheckDirectives.CHECK_HOST,
              CheckDirectives.CHECK_STATUS,
              CheckDirectives.CHECK_BODY);
      case HTTPS ->
          List.of(
              CheckDirectives.CHECK_PORT,
              CheckDirectives.CHECK_PATH,
              CheckDirectives.CHECK_METHOD,
              CheckDirectives.CHECK_HOST,
              CheckDirectives.CHECK_STATUS,
              CheckDirectives.CHECK_BODY,
              CheckDirectives.CHECK_TLS_NAME,
              CheckDirectives.CHECK_TLS_VERIFY);
      case TLS ->
          List.of(
              CheckDirectives.CHECK_PORT,
              CheckDirectives.CHECK_TLS_NAME,
              CheckDirectives.CHECK_TLS_VERIFY);
      case SMTP -> List.of(CheckDirectives.CHECK_PORT, CheckDirectives.CHECK_HELO);
      case DNS ->
          List.of(
              CheckDirectives.CHECK_PORT,
              CheckDirectives.CHECK_QUERY,
              CheckDirectives.CHECK_QUERY_TYPE);
      case PING, NONE -> List.of();
    };
  }

  /** What belongs to a kind; null is a block without {@code check}. */
  public static List<Directive<?>> of(@Nullable CheckKind kind) {
    return kind == null ? PIRANHAS : OF_KIND.getOrDefault(kind, List.of());
  }

  /** The kinds that a directive belongs to, for people. */
  static String kindsWith(Directive<?> directive) {
    return Arrays.stream(CheckKind.values())
        .filter(kind -> of(kind).contains(directive))
        .map(CheckKind::word)
        .collect(Collectors.joining(", "));
  }
}
