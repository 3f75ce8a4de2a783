// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lvsdirector.director.admin.AdminServer.Reply;

final class EndpointsTest {
  private final Endpoints endpoints =
      new Endpoints(
          List.of(
              Endpoint.read("/v1/status", "shows", _ -> text("status")),
              Endpoint.write("/v1/failover", "moves", _ -> text("failover")),
              Endpoint.write("/v1/failover/{node}", "moves", given -> text(given.of("node")))
                  .with("node", List.of("primary", "backup"))));

  private static Reply text(String body) {
    return Reply.of(200, "text/plain", body);
  }

  @Test
  void findsAnEndpointByItsPath() {
    assertThat(endpoints.answer("GET", "/v1/status").body()).isEqualTo("status");
    assertThat(endpoints.answer("POST", "/v1/failover").body()).isEqualTo("failover");
  }

  @Test
  void givesTheHandlerItsArgument() {
    assertThat(endpoints.answer("POST", "/v1/failover/backup").body()).isEqualTo("backup");
  }

  @ParameterizedTest
  @ValueSource(strings = {"third", "", "PRIMARY", "{node}"})
  void refusesAnUnknownValueAndSaysWhatItMustBe(String value) {
    var reply = endpoints.answer("POST", "/v1/failover/" + value);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(Json.error(reply.body()))
        .isEqualTo("node is '" + value + "', and must be primary or backup");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "", "/v1", "/v1/status/", "/v2/status", "/v1/failover/backup/now"})
  void anUnknownPathIsNotFound(String path) {
    assertThat(endpoints.answer("GET", path).status()).isEqualTo(404);
    assertThat(endpoints.answer("POST", path).status()).isEqualTo(404);
  }

  @Test
  void aKnownPathWithAnotherMethodIsNotAllowed() {
    var reply = endpoints.answer("GET", "/v1/failover/primary");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.allowed()).isEqualTo("POST");
    assertThat(Json.error(reply.body())).contains("GET /v1/failover/primary", "for POST");
    assertThat(endpoints.answer("POST", "/v1/status").allowed()).isEqualTo("GET");
  }
}
