// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.lvsdirector.engine.ListedConnection;
import org.lvsdirector.engine.ListedTable;
import org.lvsdirector.pulse.PulseStatus.LinkStatus;
import org.lvsdirector.pulse.link.LinkStats;

/** How this program writes and reads JSON. */
public final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper().addMixIn(LinkStatus.class, OneObject.class);

  /** A link and its counters are one object. */
  interface OneObject {
    @JsonUnwrapped
    LinkStats.Counters counters();
  }

  private Json() {}

  /**
   * A table from its JSON text.
   *
   * @throws IOException when it is none
   */
  public static ListedTable table(String text) throws IOException {
    return MAPPER.readValue(text, ListedTable.class);
  }

  /**
   * Connections from their JSON text.
   *
   * @throws IOException when they are none
   */
  public static List<ListedConnection> connections(String text) throws IOException {
    return List.of(MAPPER.readValue(text, ListedConnection[].class));
  }

  /** What an answer says is wrong, or the answer itself. */
  public static String error(String text) {
    try {
      return MAPPER.readTree(text).path("error").asText(text);
    } catch (JsonProcessingException _) {
      return text;
    }
  }

  /** The JSON text of a record, indented, with a line end. */
  public static String text(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    } catch (JsonProcessingException unwritable) {
      throw new IllegalArgumentException(unwritable);
    }
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IOException when it is something else
   */
  public static <T> T read(String text, Class<T> type) throws IOException {
    return MAPPER.readValue(text, type);
  }
}
