#!/bin/sh
# Runs the tests of server/test-vm in a virtual machine (QEMU, without hardware support) whose kernel is Debian's, with control
# groups of version 2 alone. The machine's own files are its root, read-only, below a layer in memory. Needs Debian's
# qemu-system-x86, busybox-static, cpio and dpkg, and apt for the kernel's package, which is kept in node_modules/.cache.
set -eu
cd "$(dirname "$0")/.."
here=$(pwd)
cache=node_modules/.cache/ogplus/vm
mkdir -p "$cache"

if [ ! -d "$cache/kernel" ]; then
  package=$(apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: \(linux-image-[0-9][^ ]*\).*/\1/p' | head -n 1)
  (cd "$cache" && apt-get download -qq "$package" && dpkg-deb -x "$package"_*.deb kernel && rm "$package"_*.deb)
fi

root="$cache/initramfs"
rm -rf "$root"
mkdir -p "$root/bin" "$root/modules"
cp /bin/busybox "$root/bin/"
names='virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci netfs fscache 9pnet 9pnet_virtio 9p overlay'
for name in $names; do
  find "$cache/kernel/lib/modules" -name "$name.ko" -exec cp {} "$root/modules/" \;
done
cat > "$root/init" <<END
#!/bin/busybox sh
b=/bin/busybox
\$b mkdir -p /proc /host /layer /new
\$b mount -t proc proc /proc
for name in $names; do \$b insmod /modules/\$name.ko; done
\$b mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=1048576 host /host
\$b mount -t tmpfs layer /layer
\$b mkdir /layer/upper /layer/work
\$b mount -t overlay -o lowerdir=/host,upperdir=/layer/upper,workdir=/layer/work overlay /new
\$b mount -t sysfs sys /new/sys
\$b mount -t devtmpfs dev /new/dev
\$b mkdir -p /new/dev/shm
\$b mount -t tmpfs shm /new/dev/shm
\$b mount -t tmpfs tmp /new/tmp
\$b mount -t cgroup2 cgroup /new/sys/fs/cgroup
\$b ln -s /proc/self/fd /new/dev/fd
\$b ip link set lo up
\$b mount --move /proc /new/proc
exec \$b switch_root /new /bin/sh -c 'cd "$here"; HOME=/root PATH="$PATH" node_modules/.bin/node --test --test-timeout=1200000 server/test-vm/*.test.ts; echo "exit code \$?"; busybox poweroff -f'
END
chmod +x "$root/init"
(cd "$root" && find . | cpio -o -H newc 2>/dev/null | gzip > ../initramfs.gz)

qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 4096 -nographic -no-reboot \
  -kernel "$(ls "$cache"/kernel/boot/vmlinuz-*)" -initrd "$cache/initramfs.gz" \
  -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap \
  -append 'console=ttyS0 quiet cgroup_no_v1=all' 2>&1 | tr -d '\r' | tee "$cache/output"
grep -q '^exit code 0$' "$cache/output"
