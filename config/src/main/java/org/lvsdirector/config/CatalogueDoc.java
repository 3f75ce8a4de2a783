package org.lvsdirector.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the reference pages from the catalogue and from the problem codes, as Markdown. */
public final class CatalogueDoc {
  private static final String INTRODUCTION =
      """
      # lvs.cf

      The configuration that both directors share. It is the file of Red Hat's Piranha with
      additions: what Piranha's daemons understood means the same here. `director check FILE` tells
      everything that is wrong with a file; [problems.md](problems.md) lists what it may tell.

      This page is made from the catalogue of directives in the program.

      ## How the file is written

      - One statement to a line: `name = value`, with blanks around the `=`. Names and words are in
        lower case. The order of statements does not matter, except that the `port` of a virtual
        block goes before its server blocks. Of two statements with one name the last one wins, with
        a warning.
      - `virtual NAME {` and, inside of it, `server NAME {` open a block; `}` on a line of its own
        closes it.
      - `#` at the beginning of a line or of a word starts a comment. (Piranha knew comments only at
        the beginning of a line.)
      - A value with blanks goes in quotes, `"` or `'`. There are no escapes in quotes, except that a
        backslash before a quote keeps it from ending the word.
      - A number may be decimal, hexadecimal (`0x1f`) or octal (`017`, with a warning).
      - A time is a number of seconds, or has a unit: `250ms`, `1.5s`, `2m`, `1h`.
      - An address is an IPv4 or IPv6 literal, or the name of a host, which is looked up when the file
        is read. The port of a service may be a name of /etc/services.
      - A mask is dotted, `255.255.255.0`, or a prefix length, `/24`. Without a mask an address stands
        alone (`/32`, `/128`); Piranha took the class of the address.

      ## What is checked

      Each server is checked every `interval`, and a check takes `timeout` at most. `fall` bad checks
      in a row take a server out; `rise` good ones bring it back. What one check does:

      - `send` and `expect`: connect, send the text, and compare how the answer begins. `expect`
        alone reads what the server says first; `send` alone reads nothing. `expect = "*"` is any
        answer.
      - neither, and the port of the virtual is 80: `GET /` must be answered by `HTTP`.
      - neither, and another port, or `check = tcp`: the connection must succeed.
      - `check = none`: every server counts as up.

      `send` and `expect` know the escapes `\\r` `\\n` `\\t` `\\\\` `\\'` `\\"` and `\\xHH` (a byte in
      hexadecimal). With `use_regex = 1` any other escape belongs to the regular expression, which is
      searched anywhere in the first bytes of the answer.

      """;

  private static final String EXAMPLE =
      """
      ## Example

      ```
      primary = 192.0.2.2
      primary_private = 10.10.0.2
      backup = 192.0.2.3
      backup_private = 10.10.0.3
      backup_active = 1
      keepalive = 100ms
      deadtime = 750ms
      network = nat
      nat_router = 10.10.0.1 eth1:1
      nat_nmask = 255.255.255.0

      virtual shop {
          active = 1
          address = 192.0.2.80 eth0:1
          vip_nmask = 255.255.255.0
          port = 80
          scheduler = wlc
          send = "GET /health HTTP/1.0\\r\\n\\r\\n"
          expect = "HTTP/1.1 200"
          interval = 2
          timeout = 3
          rise = 2
          fall = 3

          server web1 {
              address = 10.10.0.11
              active = 1
              port = 8080
          }
          server web2 {
              address = 10.10.0.12
              active = 1
              port = 8080
          }
      }
      ```
      """;

  private CatalogueDoc() {}

  /** The page on lvs.cf. */
  public static String lvsCf() {
    var text = new StringBuilder(INTRODUCTION);
    section(text, "Top level", Scope.GLOBAL);
    section(text, "In virtual blocks", Scope.VIRTUAL);
    section(text, "In server blocks", Scope.SERVER);
    section(text, "In failover blocks", Scope.FAILOVER);
    text.append(
        """
        Used: it has the meaning given. Not acted on: checked, but without effect in this version, with
        a warning. Without effect: neither Piranha nor this software does anything with it.

        """);
    return text.append(EXAMPLE).toString();
  }

  private static void section(StringBuilder text, String title, Scope scope) {
    text.append("## ").append(title).append("\n\n");
    if (scope == Scope.FAILOVER) {
      text.append("Failover blocks are checked and have no effect in this version. ");
      text.append("They take the directives of virtual blocks that Piranha had, and these:\n\n");
    }
    text.append("| directive | value | default | since | status | meaning |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (var row : Catalogue.rows()) {
      var isOfScope = row.scopes().contains(scope);
      var isRepeated = scope == Scope.FAILOVER && row.scopes().contains(Scope.VIRTUAL);
      if (isOfScope && !isRepeated) {
        text.append(line(row));
      }
    }
    text.append('\n');
  }

  private static String line(Directive<?> row) {
    return "| `%s` | %s | %s | %s | %s | %s |\n"
        .formatted(
            row.word(),
            row.type().form(),
            row.presetText(),
            row.since(),
            row.status().text(),
            row.meaning());
  }

  /** The page on problem codes. */
  public static String problemCodes() {
    var codes =
        Arrays.stream(ProblemCode.values())
            .map(
                code ->
                    "| %s | %s | %s |\n"
                        .formatted(
                            code.code(),
                            code.severity().name().toLowerCase(Locale.ROOT),
                            code.description()))
            .collect(Collectors.joining());
    return """
    # Problems

    What may be told of lvs.cf and director.conf. A file with an error is not used; a warning
    leaves it usable. The codes are stable. Those up to LVS0016 carry the numbers of Piranha's
    parser.

    | code | severity | meaning |
    |---|---|---|
    """
        + codes;
  }
}
