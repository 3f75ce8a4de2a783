// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EchoMessageTest {

  @Test
  void aQuestionHasTypeNumbersTokenAndChecksum() {
    var question = new EchoMessage(false, false, 0x1234, 7, 0x0102030405060708L);
    // 0800 + 1234 + 0007 + 0102 + 0304 + 0506 + 0708 = 2a4f, complemented.
    assertThat(HexFormat.of().formatHex(question.encode()))
        .isEqualTo("0800d5b0" + "12340007" + "0102030405060708");
  }

  @Test
  void messagesSurviveTheirBytes() {
    for (var seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var isIpv6 = random.nextBoolean();
      var message =
          new EchoMessage(
              isIpv6,
              random.nextBoolean(),
              random.nextInt(65536),
              random.nextInt(65536),
              random.nextLong());
      assertThat(EchoMessage.decode(message.encode(), isIpv6, false))
          .as("seed %d", seed)
          .contains(message);
    }
  }

  @Test
  void theHeaderOfRawSocketsIsSkippedWithItsOptions() {
    var message = new EchoMessage(false, true, 1, 2, 3);
    for (var words = 5; words < 16; words++) {
      var hex = "4" + Integer.toHexString(words) + "00".repeat(4 * words - 1);
      var bytes = HexFormat.of().parseHex(hex + HexFormat.of().formatHex(message.encode()));
      assertThat(EchoMessage.decode(bytes, false, true)).contains(message);
      assertThat(EchoMessage.decode(Arrays.copyOf(bytes, bytes.length - 1), false, true)).isEmpty();
    }
    assertThat(EchoMessage.decode(new byte[0], false, true)).isEmpty();
  }

  @Test
  void otherMessagesAreLeftAlone() {
    for (var type = 0; type < 256; type++) {
      var bytes = new byte[16];
      bytes[0] = (byte) type;
      assertThat(EchoMessage.decode(bytes, false, false).isPresent())
          .isEqualTo(type == 0 || type == 8);
      assertThat(EchoMessage.decode(bytes, true, false).isPresent())
          .isEqualTo(type == 128 || type == 129);
    }
  }
}
