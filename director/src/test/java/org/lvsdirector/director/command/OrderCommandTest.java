// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lvsdirector.config.Role;
import org.lvsdirector.director.admin.OrderReport;

class OrderCommandTest {

  @ParameterizedTest
  @EnumSource(Role.class)
  void whatIsMeantIsSaidOfBothDirectorsByTheirNames(Role partner) {
    var report = new OrderReport("failover", true, "", "primary", Role.ACTIVE, partner, 12);
    var expected =
        partner == Role.ACTIVE
            ? "failover done in 12 ms: primary is ACTIVE now, backup is letting go"
            : "failover done in 12 ms: primary is ACTIVE, backup is " + partner;
    assertThat(OrderCommand.sentence(report).strip()).isEqualTo(expected);
  }
}
