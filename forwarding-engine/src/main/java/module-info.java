// SPDX-License-Identifier: Apache-2.0
/** The engine port, the table, the schedulers and the engines. */
module org.lvsdirector.engine {
  requires static transitive org.jspecify;
  requires transitive org.lvsdirector.config;
  requires transitive org.lvsdirector.linux;
  requires org.slf4j;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;

  exports org.lvsdirector.engine;
  exports org.lvsdirector.engine.choice;
  exports org.lvsdirector.engine.ipvs;
  exports org.lvsdirector.engine.table;
}
