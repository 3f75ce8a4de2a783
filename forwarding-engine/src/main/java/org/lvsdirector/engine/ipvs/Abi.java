// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

/** Numbers of linux/ip_vs.h, under their names there. */
final class Abi {
  static final String FAMILY = "IPVS"; // IPVS_GENL_NAME
  static final int VERSION = 1; // IPVS_GENL_VERSION

  /** IPVS_CMD_*. */
  static final int NEW_SERVICE = 1;

  static final int SET_SERVICE = 2;
  static final int DEL_SERVICE = 3;
  static final int GET_SERVICE = 4;
  static final int NEW_DEST = 5;
  static final int SET_DEST = 6;
  static final int DEL_DEST = 7;
  static final int GET_DEST = 8;
  static final int NEW_DAEMON = 9;
  static final int DEL_DAEMON = 10;
  static final int GET_DAEMON = 11;
  static final int SET_CONFIG = 12;
  static final int GET_CONFIG = 13;
  static final int GET_INFO = 15;

  /** IPVS_CMD_ATTR_*, the top level. */
  static final int SERVICE = 1;

  static final int DEST = 2;
  static final int DAEMON = 3;
  static final int TIMEOUT_TCP = 4;
  static final int TIMEOUT_TCP_FIN = 5;
  static final int TIMEOUT_UDP = 6;

  /** IPVS_SVC_ATTR_*. */
  static final int SVC_AF = 1;

  static final int SVC_PROTOCOL = 2;
  static final int SVC_ADDR = 3;
  static final int SVC_PORT = 4;
  static final int SVC_FWMARK = 5;
  static final int SVC_SCHED_NAME = 6;
  static final int SVC_FLAGS = 7;
  static final int SVC_TIMEOUT = 8;
  static final int SVC_NETMASK = 9;
  static final int SVC_STATS = 10;
  static final int SVC_PE_NAME = 11;
  static final int SVC_STATS64 = 12;

  /** IP_VS_SVC_F_*. */
  static final int F_PERSISTENT = 0x1;

  static final int F_HASHED = 0x2;
  static final int F_ONEPACKET = 0x4;

  /** IP_VS_SVC_F_SCHED1: of sh and mh, the fallback. */
  static final int F_FALLBACK = 0x8;

  /** IP_VS_SVC_F_SCHED2: of sh and mh, the port. */
  static final int F_PORT = 0x10;

  /** IP_VS_SVC_F_SCHED3. */
  static final int F_SCHED3 = 0x20;

  /** IPVS_DEST_ATTR_*. */
  static final int DEST_ADDR = 1;

  static final int DEST_PORT = 2;
  static final int DEST_FWD_METHOD = 3;
  static final int DEST_WEIGHT = 4;
  static final int DEST_U_THRESH = 5;
  static final int DEST_L_THRESH = 6;
  static final int DEST_ACTIVE_CONNS = 7;
  static final int DEST_INACT_CONNS = 8;
  static final int DEST_PERSIST_CONNS = 9;
  static final int DEST_STATS = 10;
  static final int DEST_ADDR_FAMILY = 11;
  static final int DEST_STATS64 = 12;
  static final int DEST_TUN_TYPE = 13;
  static final int DEST_TUN_PORT = 14;
  static final int DEST_TUN_FLAGS = 15;

  /** IP_VS_CONN_F_*, the forwarding methods. */
  static final int MASQ = 0;

  static final int LOCALNODE = 1;
  static final int TUNNEL = 2;
  static final int DROUTE = 3;
  static final int BYPASS = 4;

  /** IPVS_DAEMON_ATTR_*. */
  static final int DAEMON_STATE = 1;

  static final int DAEMON_MCAST_IFN = 2;
  static final int DAEMON_SYNC_ID = 3;
  static final int DAEMON_SYNC_MAXLEN = 4;
  static final int DAEMON_MCAST_GROUP = 5;
  static final int DAEMON_MCAST_GROUP6 = 6;
  static final int DAEMON_MCAST_PORT = 7;
  static final int DAEMON_MCAST_TTL = 8;

  /** IPVS_INFO_ATTR_*. */
  static final int INFO_VERSION = 1;

  static final int INFO_CONN_TAB_SIZE = 2;

  /** IPVS_STATS_ATTR_*. */
  static final int STATS_CONNS = 1;

  static final int STATS_INPKTS = 2;
  static final int STATS_OUTPKTS = 3;
  static final int STATS_INBYTES = 4;
  static final int STATS_OUTBYTES = 5;
  static final int STATS_CPS = 6;
  static final int STATS_INPPS = 7;
  static final int STATS_OUTPPS = 8;
  static final int STATS_INBPS = 9;
  static final int STATS_OUTBPS = 10;

  /** linux/socket.h. */
  static final int AF_INET = 2;

  static final int AF_INET6 = 10;

  private Abi() {}
}
