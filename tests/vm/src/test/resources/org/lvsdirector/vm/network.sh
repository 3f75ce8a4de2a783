# Hosts, each a network namespace, on two bridges:
#   inside   10.9.0.0/24, fd09::/64     eth0: client .2, primary .1, backup .3, web1 .11, web2 .12
#   outside  10.9.1.0/24, fd09:1::/64   eth1: client .2, primary .1, backup .3
# The web servers' default route is 10.9.0.254 (a nat_router of lvs.cf) and fd09::1; they hold the
# virtual addresses of direct routing and of tunnels: 10.9.0.100 and .104 to .107, fd09::100 on a
# dummy device, .101 (IP in IP), .103 and .108 (GUE, ports 6080 and 6081) on tunl0, .102 (GRE with
# checksums) on gre1. A web server says its name by HTTP. The directors hold nothing yet.
#
# With the word "boot" and a director's name: that host alone, anew.
set -e
modprobe -a ip_vs veth bridge dummy ipip ip_gre fou nf_tables
on() { ip -n "$1" -batch -; } # HOST; lines of ip on standard input
settings() { ip netns exec "$@"; }

join() { # HOST NUMBER BRIDGE DEVICE NETWORK NETWORK6
  on hub <<-END
	link add $4-$1 type veth peer name $4 netns $1
	link set $4-$1 master $3 up
	END
  on "$1" <<-END
	link set lo up
	addr add $5.$2/24 dev $4
	addr add $6::$2/64 dev $4 nodad
	link set $4 up
	END
}
join_both() { # HOST NUMBER
  join "$1" "$2" inside eth0 10.9.0 fd09
  join "$1" "$2" outside eth1 10.9.1 fd09:1
}
director() { # HOST NUMBER
  join_both "$1" "$2"
  settings "$1" sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 \
    net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0 net.ipv4.conf.eth1.rp_filter=0 \
    net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0 \
    net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.eth0.accept_dad=0 net.ipv6.conf.eth1.accept_dad=0
}

if [ "${1:-}" = boot ]; then
  ip -n hub link del "eth0-$2"
  ip -n hub link del "eth1-$2"
  ip netns del "$2"
  ip netns add "$2"
  [ "$2" = primary ] && director primary 1 || director backup 3
  exit
fi

printf 'netns add %s\n' hub client primary backup web1 web2 | ip -batch -
on hub <<-END
	link set lo up
	link add inside type bridge mcast_snooping 0
	link add outside type bridge mcast_snooping 0
	link set inside up
	link set outside up
	END
join_both client 2
director primary 1
director backup 3

number=11
for web in web1 web2; do
  join $web $number inside eth0 10.9.0 fd09
  settings $web sysctl -qw net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2 \
    net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0
  on $web <<-END
	route add default via 10.9.0.254
	route add ::/0 via fd09::1
	link add direct type dummy
	addr add 10.9.0.100/32 dev direct
	addr add 10.9.0.104/32 dev direct
	addr add 10.9.0.105/32 dev direct
	addr add 10.9.0.106/32 dev direct
	addr add 10.9.0.107/32 dev direct
	addr add fd09::100/128 dev direct nodad
	link set direct up
	link set tunl0 up
	addr add 10.9.0.101/32 dev tunl0
	addr add 10.9.0.103/32 dev tunl0
	addr add 10.9.0.108/32 dev tunl0
	link add gre1 type gre local 10.9.0.$number remote any icsum
	addr add 10.9.0.102/32 dev gre1
	link set gre1 up
	fou add port 6080 gue
	fou add port 6081 gue
	END
  settings $web sysctl -qw net.ipv4.conf.tunl0.rp_filter=0 net.ipv4.conf.gre1.rp_filter=0
  mkdir -p /run/$web
  echo $web >/run/$web/index.html
  settings $web busybox httpd -p 80 -h /run/$web
  number=$((number + 1))
done
