# A client, a director and two web servers, each a network namespace, on one bridge (10.9.0.0/24 and
# fd09::/64); client and director have a second link (10.9.1.0/24 and fd09:1::/64) for NAT.
set -e
modprobe -a ip_vs veth bridge dummy ipip ip_gre fou
for host in lan client director web1 web2; do
  ip netns add $host
  ip -n $host link set lo up
done
ip -n lan link add br0 type bridge mcast_snooping 0
ip -n lan link set br0 up
port() { # HOST NUMBER
  ip -n lan link add p-$1 type veth peer name eth0 netns $1
  ip -n lan link set p-$1 master br0 up
  ip -n $1 addr add 10.9.0.$2/24 dev eth0
  ip -n $1 addr add fd09::$2/64 dev eth0 nodad
  ip -n $1 link set eth0 up
}
port client 2
port director 1
port web1 11
port web2 12
ip -n client link add eth1 type veth peer name eth1 netns director
ip -n client addr add 10.9.1.2/24 dev eth1
ip -n client addr add fd09:1::2/64 dev eth1 nodad
ip -n client link set eth1 up
ip -n director addr add 10.9.1.1/24 dev eth1
ip -n director addr add fd09:1::1/64 dev eth1 nodad
ip -n director link set eth1 up
ip netns exec director sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 \
  net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0

# The virtual addresses.
ip -n director addr add 10.9.1.100/32 dev eth1
ip -n director addr add fd09:1::100/128 dev eth1 nodad
for last in 100 101 102 103; do ip -n director addr add 10.9.0.$last/32 dev eth0; done
ip -n director addr add fd09::100/128 dev eth0 nodad

number=11
for web in web1 web2; do
  ip -n $web route add default via 10.9.0.1
  ip -n $web -6 route add default via fd09::1
  ip netns exec $web sysctl -qw net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2 \
    net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0
  ip -n $web link add direct type dummy
  ip -n $web addr add 10.9.0.100/32 dev direct
  ip -n $web addr add fd09::100/128 dev direct nodad
  ip -n $web link set direct up
  ip -n $web link set tunl0 up
  ip netns exec $web sysctl -qw net.ipv4.conf.tunl0.rp_filter=0
  ip -n $web addr add 10.9.0.101/32 dev tunl0
  ip -n $web addr add 10.9.0.103/32 dev tunl0
  ip -n $web fou add port 6080 gue
  ip -n $web link add gre1 type gre local 10.9.0.$number remote any
  ip netns exec $web sysctl -qw net.ipv4.conf.gre1.rp_filter=0
  ip -n $web addr add 10.9.0.102/32 dev gre1
  ip -n $web link set gre1 up
  mkdir -p /run/$web
  echo $web >/run/$web/index.html
  ip netns exec $web busybox httpd -p 80 -h /run/$web
  number=$((number + 1))
done
