package org.lvsdirector.config;

import java.util.Map;

/** The service names that occur in lvs.cf files, with the ports that IANA gave them. */
final class WellKnownPorts {
  private static final Map<String, Integer> PORTS =
      Map.ofEntries(
          Map.entry("ftp", 21),
          Map.entry("ssh", 22),
          Map.entry("telnet", 23),
          Map.entry("smtp", 25),
          Map.entry("mail", 25),
          Map.entry("domain", 53),
          Map.entry("bootps", 67),
          Map.entry("tftp", 69),
          Map.entry("http", 80),
          Map.entry("www", 80),
          Map.entry("kerberos", 88),
          Map.entry("pop3", 110),
          Map.entry("nntp", 119),
          Map.entry("ntp", 123),
          Map.entry("imap", 143),
          Map.entry("imap2", 143),
          Map.entry("snmp", 161),
          Map.entry("ldap", 389),
          Map.entry("https", 443),
          Map.entry("smtps", 465),
          Map.entry("submissions", 465),
          Map.entry("syslog", 514),
          Map.entry("submission", 587),
          Map.entry("ldaps", 636),
          Map.entry("ftps", 990),
          Map.entry("imaps", 993),
          Map.entry("pop3s", 995),
          Map.entry("ms-sql-s", 1433),
          Map.entry("radius", 1812),
          Map.entry("mqtt", 1883),
          Map.entry("nfs", 2049),
          Map.entry("squid", 3128),
          Map.entry("mysql", 3306),
          Map.entry("sip", 5060),
          Map.entry("sips", 5061),
          Map.entry("postgresql", 5432),
          Map.entry("postgres", 5432),
          Map.entry("redis", 6379),
          Map.entry("http-alt", 8080),
          Map.entry("webcache", 8080));

  private WellKnownPorts() {}

  static int port(String name) {
    return PORTS.getOrDefault(name, -1);
  }
}
