// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lvsdirector.config.IpAddress;

class AddressRecordTest {
  @TempDir Path folder = Path.of("unset");

  @Test
  void whatIsRecordedIsReadInTheSameBoot() throws IOException {
    var file = folder.resolve("state/addresses");
    var hosts =
        Set.of(
            Interfaces.host(IpAddress.of("192.0.2.80")),
            Interfaces.host(IpAddress.of("2001:db8::80")));
    try (var record = new AddressRecord(file)) {
      record.write(Set.of());
      record.write(hosts);
    }
    assertThat(AddressRecord.read(file)).isEqualTo(hosts);

    var lines = Files.readAllLines(file);
    Files.write(file, List.of("another boot", lines.get(1)));
    assertThat(AddressRecord.read(file)).isEmpty();
    Files.write(file, List.of(lines.getFirst(), "rubbish", lines.get(1)));
    assertThat(AddressRecord.read(file)).hasSize(1);
  }

  @Test
  void whatCannotBeReadIsNothing() throws IOException {
    assertThat(AddressRecord.read(folder.resolve("none"))).isEmpty();
    var empty = Files.createFile(folder.resolve("empty"));
    assertThat(AddressRecord.read(empty)).isEmpty();
  }

  @Test
  void aFolderThatCannotBeMadeHindersNothing() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    try (var record = new AddressRecord(file.resolve("addresses"))) {
      record.write(Set.of());
    }
    assertThat(file).isEmptyFile();
  }
}
