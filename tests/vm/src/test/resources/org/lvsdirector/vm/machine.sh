# Boots a machine on a host of network.sh: its own processes, of which systemd is the first, over the
# files of a bare Debian on which the DEB is installed. Arguments: host, folder of these files, lvs.cf,
# folder to be seen as /opt/packages.
set -e
host=$1 debian=$2 lvs_cf=$3 packages=$4
place=/run/machines/$host
mkdir -p $place/upper $place/work $place/root
mountpoint -q /sys/fs/cgroup || mount -t cgroup2 cgroup /sys/fs/cgroup
mkdir -p /sys/fs/cgroup/$host
mount -t overlay -o lowerdir=$debian,upperdir=$place/upper,workdir=$place/work machine $place/root
cd $place/root
cp $lvs_cf etc/lvs-director/lvs.cf
# The same key on both.
echo "key $(head -c 32 /dev/zero | base64)" >etc/lvs-director/key
chmod 600 etc/lvs-director/key
chroot . chown lvs-director:lvs-director /etc/lvs-director/key
mkdir -p opt/packages etc/systemd/system/lvs-director.service.d
for unit in getty.target console-getty.service systemd-logind.service systemd-udevd.service \
  apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer systemd-tmpfiles-clean.timer; do
  ln -sf /dev/null etc/systemd/system/$unit
done
# The processor is emulated: the quick compiler and the simple collector (with pointers as the class
# archive has them), and time for everything.
cat >etc/systemd/system/lvs-director.service.d/emulation.conf <<-END
	[Service]
	Environment="LVS_DIRECTOR_JAVA_OPTIONS=-XX:TieredStopAtLevel=1 -XX:-UseZGC -XX:+UseSerialGC -XX:-UseCompressedOops"
	WatchdogSec=120
	TimeoutStartSec=600
	TimeoutStopSec=600
	END
echo $$ >/sys/fs/cgroup/$host/cgroup.procs
exec ip netns exec $host unshare --mount --uts --ipc --pid --cgroup --fork --kill-child sh -ec '
  hostname "$1"
  mount --make-rprivate /
  mount -t proc proc proc
  mount -t sysfs sys sys
  mount -t cgroup2 cgroup sys/fs/cgroup
  mount -t tmpfs run run
  mount -t tmpfs tmp tmp
  mount --rbind /dev dev
  mount --bind "$2" opt/packages
  pivot_root . mnt
  umount -l /mnt
  exec env -i container=lxc PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --log-target=journal
' sh $host $packages
