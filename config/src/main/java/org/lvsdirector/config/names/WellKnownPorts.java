// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.names;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Service names with the ports that IANA or long custom gave them, for a machine without a list.
 */
public final class WellKnownPorts {
  private static final String TABLE =
      """
      tcpmux 1, echo 7, discard 9, daytime 13, qotd 17, chargen 19, ftp-data 20, ftp 21, ssh 22,
      telnet 23, smtp 25, mail 25, time 37, nameserver 42, whois 43, tacacs 49, domain 53,
      bootps 67, bootpc 68, tftp 69, gopher 70, finger 79, http 80, www 80, kerberos 88,
      kerberos5 88, iso-tsap 102, acr-nema 104, pop2 109, pop3 110, pop-3 110, sunrpc 111,
      portmapper 111, auth 113, ident 113, nntp 119, ntp 123, epmap 135, loc-srv 135,
      netbios-ns 137, netbios-dgm 138, netbios-ssn 139, imap 143, imap2 143, snmp 161,
      snmp-trap 162, snmptrap 162, bgp 179, irc 194, imap3 220, ldap 389, svrloc 427, https 443,
      snpp 444, microsoft-ds 445, kpasswd 464, smtps 465, submissions 465, urd 465, isakmp 500,
      exec 512, login 513, who 513, shell 514, syslog 514, printer 515, talk 517, ntalk 518, rip 520,
      route 520, gdomap 538, uucp 540, klogin 543, kshell 544, dhcpv6-client 546, dhcpv6-server 547,
      afpovertcp 548, rtsp 554, nntps 563, snews 563, submission 587, ipp 631, ldaps 636, ldp 646,
      tinc 655, silc 706, kerberos-adm 749, rsync 873, ftps-data 989, ftps 990, telnets 992,
      imaps 993, ircs 994, pop3s 995, socks 1080, proofd 1093, rmiregistry 1099, openvpn 1194,
      nessus 1241, lotusnote 1352, ms-sql-s 1433, ms-sql-m 1434, ingreslock 1524, datametrics 1645,
      sa-msg-port 1646, kermit 1649, groupwise 1677, l2f 1701, l2tp 1701, radius 1812,
      radius-acct 1813, radacct 1813, mqtt 1883, cisco-sccp 2000, nfs 2049, gnunet 2086,
      rtcm-sc104 2101, cvspserver 2401, venus 2430, mongodb 27017, iscsi-target 3260,
      icpv2 3130, squid 3128, mysql 3306, ms-wbt-server 3389, nut 3493, distcc 3632, daap 3689,
      svn 3690, suucp 4031, sysrqd 4094, sieve 4190, epmd 4369, remctl 4373, ipsec-nat-t 4500,
      f5-iquery 4353, iax 4569, mtn 4691, radmin-port 4899, sip 5060, sips 5061, sip-tls 5061,
      xmpp-client 5222, xmpp-server 5269, cfengine 5308, mdns 5353, postgresql 5432, postgres 5432,
      freeciv 5556, amqps 5671, amqp 5672, vnc 5900, x11 6000, redis 6379, gnutella-svc 6346,
      git 9418, sge-qmaster 6444, ircu 6667, bbs 7000, afs3-fileserver 7000, font-service 7100,
      http-alt 8080, webcache 8080, tproxy 8081, omniorb 8088, puppet 8140, pcsync-https 8443,
      clc-build-daemon 8990, xinetd 9098, bacula-dir 9101, bacula-fd 9102, bacula-sd 9103,
      xmms2 9667, mqtts 8883, secure-mqtt 8883, nsca 5667, zabbix-agent 10050, zabbix-trapper 10051,
      amanda 10080, memcached 11211, memcache 11211, hkp 11371, binkp 24554, coap 5683, coaps 5684,
      diameter 3868, m3ua 2905, sgsap 29118, h323hostcall 1720, stun 3478, turn 3478, stuns 5349,
      turns 5349, dot 853, domain-s 853, elasticsearch 9200, kafka 9092, prometheus 9090,
      cassandra 9042, etcd-client 2379, etcd-server 2380, consul 8500, vault 8200,
      """;

  private static final Map<String, Integer> PORTS = read();

  private WellKnownPorts() {}

  private static Map<String, Integer> read() {
    var ports = new TreeMap<String, Integer>();
    Arrays.stream(TABLE.strip().split(",\\s*"))
        .map(entry -> entry.split(" "))
        .forEach(entry -> ports.put(entry[0], Integer.parseInt(entry[1])));
    return ports;
  }

  /** The port of a service, or -1. */
  static int port(String name) {
    return PORTS.getOrDefault(name, -1);
  }

  /** Every name. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(PORTS.keySet());
  }
}
