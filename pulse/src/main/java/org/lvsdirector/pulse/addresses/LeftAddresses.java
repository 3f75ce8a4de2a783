// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.lvsdirector.linux.Libc;

/** The addresses that a dead director has left on this machine's interfaces. */
public final class LeftAddresses {
  private LeftAddresses() {}

  /**
   * Removes them: those that carry our mark, those that the director recorded, and the given
   * virtual addresses where lvs.cf wants them. Uses no network.
   *
   * @return what was removed, a line each
   * @throws IOException when something could not be removed; all else is
   */
  public static List<String> release(Libc libc, AddressSettings settings) throws IOException {
    var recorded = AddressRecord.read(settings.record());
    try (var writer = new AddressWriter(libc)) {
      var seen = writer.read();
      var targets = AddressPlan.toRelease(settings.virtuals(), seen, recorded);
      var problems = writer.delete(targets, seen);
      var left = AddressPlan.toRelease(settings.virtuals(), writer.read(), recorded);
      if (!problems.isEmpty() || !left.isEmpty()) {
        throw new IOException(
            problems.isEmpty()
                ? left.size() + " addresses are back: does a director run?"
                : OwnAddresses.joined(problems));
      }
      Files.deleteIfExists(settings.record());
      return targets.stream()
          .map(
              address ->
                  "%s/%d from %s"
                      .formatted(
                          Interfaces.text(address.address()),
                          address.prefix(),
                          seen.nameOf(address.linkIndex())))
          .toList();
    }
  }
}
