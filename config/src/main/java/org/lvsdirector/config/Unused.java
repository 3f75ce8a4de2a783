// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config;

import java.util.List;

/**
 * What lvs.cf says that does not count, kept so that the file can be written again: blocks with
 * {@code active = 0}, settings that this version does not act on, and all but the address of the
 * later blocks of one firewall mark.
 *
 * @param top outside of all blocks
 * @param services in each virtual service, in their order; empty when there is nothing in any
 */
public record Unused(Part top, List<InService> services) {
  /** Everything counts. */
  public static final Unused NONE = new Unused(Part.NONE, List.of());

  public Unused {
    services = services.stream().allMatch(InService::isEmpty) ? List.of() : List.copyOf(services);
  }

  /**
   * One statement.
   *
   * @param name the directive
   * @param value its value as lvs.cf writes it
   */
  public record Setting(String name, String value) {}

  /**
   * What does not count in one place.
   *
   * @param settings statements
   * @param blocks blocks
   */
  public record Part(List<Setting> settings, List<Block> blocks) {
    /** Nothing. */
    public static final Part NONE = new Part(List.of(), List.of());

    public Part {
      settings = List.copyOf(settings);
      blocks = List.copyOf(blocks);
    }

    private boolean isEmpty() {
      return settings.isEmpty() && blocks.isEmpty();
    }
  }

  /**
   * What does not count in one virtual service.
   *
   * @param content what its block holds
   * @param later the whole later blocks of its firewall mark, one for each further address
   */
  public record InService(Part content, List<Block> later) {
    /** Nothing. */
    public static final InService NONE = new InService(Part.NONE, List.of());

    public InService {
      later = List.copyOf(later);
    }

    private boolean isEmpty() {
      return content.isEmpty() && later.isEmpty();
    }
  }

  /**
   * A block that does not count.
   *
   * @param kind the word that opens it
   * @param name its name
   * @param content everything in it, {@code active} included
   */
  public record Block(String kind, String name, Part content) {}

  /** What does not count in the service of this index. */
  public InService ofService(int index) {
    return services.isEmpty() ? InService.NONE : services.get(index);
  }
}
