// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs.sync.exchange;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress.Family;

/**
 * One connection, or template, as sync daemons tell each other.
 *
 * @param family of the client, and so of the others
 * @param protocol its number, such as 6
 * @param flags IP_VS_CONN_F_* of linux/ip_vs.h
 * @param state the number of the state
 * @param client source address and port; port 0 for a template
 * @param virtual what the client talks to; for the template of a firewall mark the address is the
 *     mark
 * @param server the real server
 * @param mark the firewall mark of the service; 0 for none
 * @param timeoutSeconds life of the idle connection; 0 is what the receiver has for the state
 * @param options what few connections have
 */
public record SyncEntry(
    Family family,
    int protocol,
    int flags,
    int state,
    Endpoint client,
    Endpoint virtual,
    Endpoint server,
    int mark,
    int timeoutSeconds,
    Options options) {

  /** IP_VS_CONN_F_NOOUTPUT: replies do not pass here. */
  static final int F_NO_OUTPUT = 0x80;

  /** IP_VS_CONN_F_INACTIVE: counts as inactive at its server. */
  static final int F_INACTIVE = 0x100;

  /** IP_VS_CONN_F_OUT_SEQ and IP_VS_CONN_F_IN_SEQ: sequence numbers are shifted. */
  static final int F_SEQUENCES = 0x600;

  /** IP_VS_CONN_F_TEMPLATE. */
  static final int F_TEMPLATE = 0x1000;

  public SyncEntry {
    var isOneFamily =
        client.address().family() == family
            && virtual.address().family() == family
            && server.address().family() == family;
    if (!isOneFamily) {
      throw new IllegalArgumentException("one entry has addresses of one family");
    }
  }

  /**
   * What few connections have.
   *
   * @param incoming how sequence numbers from the client are shifted; null unless the flags say so
   * @param outgoing the same for those to the client
   * @param engineName the persistence engine, up to 16 ASCII characters; empty for none
   * @param engineData what it recognises clients by, up to 255 bytes; empty for none
   */
  record Options(
      @Nullable Sequence incoming,
      @Nullable Sequence outgoing,
      String engineName,
      String engineData) {
    /** Nothing. */
    static final Options NONE = new Options(null, null, "", "");
  }

  /**
   * How an application module shifts sequence numbers; struct ip_vs_seq.
   *
   * @param initial the number from which on it does
   * @param delta by so much
   * @param previousDelta before that number by so much
   */
  record Sequence(int initial, int delta, int previousDelta) {}
}
