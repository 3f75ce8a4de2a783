// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.check;

import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.BOOL;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.COMMAND;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.LONGEST;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.MICRO;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.OURS;
import static org.lvsdirector.config.lvscf.directive.CatalogueTypes.PAYLOAD;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lvsdirector.config.lvscf.directive.CatalogueRow;
import org.lvsdirector.config.lvscf.directive.Directive;
import org.lvsdirector.config.lvscf.directive.NumberTypes.DurationType;
import org.lvsdirector.config.lvscf.directive.NumberTypes.IntType;
import org.lvsdirector.config.lvscf.directive.NumberTypes.PortType;
import org.lvsdirector.config.lvscf.directive.NumberTypes.StatusRange;
import org.lvsdirector.config.lvscf.directive.NumberTypes.StatusType;
import org.lvsdirector.config.lvscf.directive.ValueType;
import org.lvsdirector.config.lvscf.directive.WordTypes.KeywordType;
import org.lvsdirector.config.lvscf.directive.WordTypes.NameType;
import org.lvsdirector.config.lvscf.directive.WordTypes.PathType;
import org.lvsdirector.config.lvscf.syntax.Scope;
import org.lvsdirector.config.lvscf.syntax.Token;

/** What virtual and failover blocks say about how their servers are checked. */
public final class CheckDirectives {
  private static final List<Directive<?>> ROWS = new ArrayList<>();

  private static final Set<Scope> SERVICE = EnumSet.of(Scope.VIRTUAL, Scope.FAILOVER);

  public static final Directive<Token> SEND =
      row("send", SERVICE, PAYLOAD, "", "2000").used("what a check sends, see above");
  public static final Directive<Token> EXPECT =
      row("expect", SERVICE, PAYLOAD, "", "2000").used("how the answer begins; * is any answer");
  public static final Directive<Boolean> USE_REGEX =
      row("use_regex", SERVICE, BOOL, "0", "2002")
          .used("whether expect is an extended regular expression", false);
  public static final Directive<CheckKind> CHECK =
      row(
              "check",
              SERVICE,
              new KeywordType<>(CheckKind.words(), Map.of()),
              "by send, expect and port",
              OURS)
          .follows("send_program", "send", "expect", "port")
          .used("what a check does, see below");
  public static final Directive<Integer> CHECK_PORT =
      row("check_port", SERVICE, new PortType(1), "that of the server", OURS)
          .used("the port that is checked");
  public static final Directive<String> CHECK_PATH =
      row("check_path", SERVICE, new PathType(), "/", OURS).used("the page that is asked for", "/");
  public static final Directive<String> CHECK_METHOD =
      row("check_method", SERVICE, KeywordType.ofText("GET", "HEAD"), "get", OURS)
          .used("how the page is asked for", "GET");
  public static final Directive<String> CHECK_HOST =
      row("check_host", SERVICE, new NameType("host name"), "the virtual address", OURS)
          .used("the Host header");
  public static final Directive<StatusRange> CHECK_STATUS =
      row("check_status", SERVICE, new StatusType(), "200-399", OURS)
          .used("the answers that are good", new StatusRange(200, 399));
  public static final Directive<Token> CHECK_BODY =
      row("check_body", SERVICE, PAYLOAD, "", OURS).used("text that the page contains");
  public static final Directive<String> CHECK_TLS_NAME =
      row("check_tls_name", SERVICE, new NameType("host name"), "check_host", OURS)
          .follows("check_host")
          .used("the name asked for in the TLS handshake (SNI)");
  public static final Directive<Boolean> CHECK_TLS_VERIFY =
      row("check_tls_verify", SERVICE, BOOL, "0", OURS)
          .used("whether the certificate must be valid for that name", false);
  public static final Directive<String> CHECK_HELO =
      row("check_helo", SERVICE, new NameType("host name"), "localhost", OURS)
          .used("how the check calls itself in EHLO", "localhost");
  public static final Directive<String> CHECK_QUERY =
      row("check_query", SERVICE, new NameType("domain name"), ".", OURS)
          .used("the name that a DNS server is asked for", ".");
  public static final Directive<String> CHECK_QUERY_TYPE =
      row(
              "check_query_type",
              SERVICE,
              KeywordType.ofText("A", "AAAA", "CNAME", "MX", "NS", "PTR", "SOA", "SRV", "TXT"),
              "soa",
              OURS)
          .used("the type of record that it is asked for", "SOA");
  public static final Directive<String> SEND_PROGRAM =
      row("send_program", SERVICE, COMMAND, "", "2001")
          .used("a program that checks a server; %h and %p are its address and port");
  public static final Directive<String> EXPECT_PROGRAM =
      row("expect_program", SERVICE, COMMAND, "", "2001").guiOnly("ignored");
  public static final Directive<Duration> TIMEOUT =
      row("timeout", SERVICE, new DurationType(Duration.ofMillis(1), LONGEST, MICRO), "10s", "1999")
          .used("how long a check may take, and its interval", Duration.ofSeconds(10));
  public static final Directive<Duration> INTERVAL =
      row(
              "interval",
              SERVICE,
              new DurationType(Duration.ofMillis(10), LONGEST, MICRO),
              "timeout",
              OURS)
          .follows("timeout")
          .used("time between the starts of two checks of a server");
  public static final Directive<Duration> REENTRY =
      row("reentry", SERVICE, new DurationType(Duration.ZERO, LONGEST, MICRO), "180s", "1999")
          .used("how long a failed server must look well before it returns", Duration.ofMinutes(3));
  public static final Directive<Long> RISE =
      row("rise", SERVICE, new IntType(1, 1_000_000), "reentry / interval, at least 1", OURS)
          .follows("reentry")
          .used("good checks in a row after which a failed server returns");
  public static final Directive<Long> FALL =
      row("fall", SERVICE, new IntType(1, 1_000_000), "1", OURS)
          .used("bad checks in a row after which a server leaves", 1L);

  private CheckDirectives() {}

  /** Every row, in the order of the reference page. */
  public static List<Directive<?>> rows() {
    return List.copyOf(ROWS);
  }

  private static <T> CatalogueRow<T> row(
      String word, Set<Scope> scopes, ValueType<T> type, String presetText, String since) {
    return new CatalogueRow<>(word, scopes, type, presetText, since, ROWS);
  }
}
