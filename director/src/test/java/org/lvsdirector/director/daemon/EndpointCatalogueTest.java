// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lvsdirector.director.Golden;
import org.lvsdirector.director.admin.Endpoint;
import org.lvsdirector.director.admin.Endpoint.Arguments;
import org.lvsdirector.director.admin.Endpoint.Level;

final class EndpointCatalogueTest {
  private static final Pattern ARGUMENT = Pattern.compile("\\{(\\w+)}");

  static List<Endpoint> endpoints() {
    return new EndpointCatalogue().endpoints();
  }

  @Test
  void everyRequestIsThereOnce() {
    assertThat(endpoints())
        .extracting(endpoint -> endpoint.method() + " " + endpoint.pattern())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void saysWhatItIsAndWhatItsArgumentsMayBe(Endpoint endpoint) {
    assertThat(endpoint.pattern()).startsWith("/");
    assertThat(endpoint.summary()).endsWith(".").doesNotContain("\n", "|");
    assertThat(endpoint.level())
        .isEqualTo(endpoint.method().equals("GET") ? Level.READ : Level.WRITE);
    var names = ARGUMENT.matcher(endpoint.pattern()).results().map(found -> found.group(1));
    assertThat(endpoint.arguments()).containsOnlyKeys(names.toList());
    assertThat(endpoint.arguments().values()).allMatch(values -> !values.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void isNotThereBeforeTheDaemonIs(Endpoint endpoint) {
    var arguments = new Arguments(Map.of("node", "backup"));

    assertThat(endpoint.handler().apply(arguments).status()).isEqualTo(503);
  }

  @Test
  void pageIsMadeFromTheCatalogue() throws IOException {
    Golden.checkPage("admin-api.md", page(), "EndpointCatalogueTest");
  }

  private static String page() {
    var page =
        new StringBuilder(
            """
            # The admin API

            HTTP with JSON on the daemon's Unix socket (`admin.socket` of director.conf). Whoever may
            write to the socket may ask for everything. This page is made from the program.

                curl --unix-socket /run/lvs-director/admin.sock http://director/v1/status

            | request | level | what it is for |
            |---|---|---|
            """);
    for (var endpoint : endpoints()) {
      page.append(
          "| `%s %s` | %s | %s%s |%n"
              .formatted(
                  endpoint.method(),
                  endpoint.pattern(),
                  endpoint.level().name().toLowerCase(Locale.ROOT),
                  endpoint.summary(),
                  arguments(endpoint)));
    }
    return page.append(
            """

            An answer is JSON unless the table says otherwise. Its status: 200 done or shown; 409 an
            order was refused or has failed, and the body says why; 400 an argument has a value that
            is unknown, or it is no HTTP request; 404 no such path; 405 another method (`Allow` has the
            right one); 413 it has a body, which none here has; 500 a defect, which the log has; 501 the
            engine has no such thing; 503 the daemon is starting, or a limit is reached. From 400 on, but for 409, the body is `{"error": "..."}`.

            A connection is for one request and is closed after the answer. There are 32 at a time; a
            request has 5 s to arrive, and at most 1 KiB of line and 8 KiB of header; an answer has 30 s
            to be taken. Of what only asks, 8 answers are made at a time; orders do not wait for them.

            A key may be added to an answer; none changes its name or its meaning within `/v1`.
            """)
        .toString();
  }

  private static String arguments(Endpoint endpoint) {
    var text = new StringBuilder();
    endpoint
        .arguments()
        .forEach(
            (name, values) ->
                text.append(" `").append(name).append("`: ").append(String.join(", ", values)));
    return text.isEmpty() ? "" : text + ".";
  }
}
