#!/bin/sh
# Runs the tests of buckets against OpenStack Swift, an S3 server of others:
#   apt-get install swift swift-proxy swift-account swift-container swift-object memcached
#   npm run s3:swift
# Everything it starts ends with it, and lies in a folder that it removes.
set -eu
for program in swift-proxy-server swift-account-server swift-container-server swift-object-server swift-ring-builder memcached; do
  command -v "$program" > /dev/null || { echo "$program is not installed. See the first lines of $0." >&2; exit 1; }
done
folder=$(mktemp -d)
pids=''
clean() {
  for pid in $pids; do kill "$pid" 2> /dev/null || true; done
  rm -rf "$folder"
}
trap clean EXIT
trap 'exit 1' INT TERM

free_ports() { node -e '
  const { createServer } = require("node:net");
  const open = Array.from({ length: 5 }, () => createServer().listen(0, "127.0.0.1"));
  setTimeout(() => { console.log(open.map((s) => s.address().port).join(" ")); open.forEach((s) => s.close()); }, 100);'; }
ports=$(free_ports)
proxy=$(echo "$ports" | cut -d' ' -f1) account=$(echo "$ports" | cut -d' ' -f2)
container=$(echo "$ports" | cut -d' ' -f3) object=$(echo "$ports" | cut -d' ' -f4) cache=$(echo "$ports" | cut -d' ' -f5)
user=$(id -un)
mkdir -p "$folder/etc" "$folder/node/disk" "$folder/cache"

cat > "$folder/etc/swift.conf" << END
[swift-hash]
swift_hash_path_suffix = tests
[storage-policy:0]
name = gold
default = yes
END
cat > "$folder/etc/proxy.conf" << END
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $proxy
swift_dir = $folder/etc
user = $user
workers = 0
[pipeline:main]
pipeline = catch_errors healthcheck cache listing_formats s3api tempauth copy slo dlo versioned_writes proxy-server
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:$cache
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:versioned_writes]
use = egg:swift#versioned_writes
END
for kind in account container object; do
  eval "port=\$$kind"
  cat > "$folder/etc/$kind.conf" << END
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = $port
swift_dir = $folder/etc
devices = $folder/node
mount_check = false
user = $user
workers = 0
[pipeline:main]
pipeline = $kind-server
[app:$kind-server]
use = egg:swift#$kind
END
  ring="$folder/etc/$kind.builder"
  swift-ring-builder "$ring" create 4 1 0 > "$folder/rings.log"
  swift-ring-builder "$ring" add "r1z1-127.0.0.1:$port/disk" 1 >> "$folder/rings.log"
  swift-ring-builder "$ring" rebalance >> "$folder/rings.log"
done

export SWIFT_DIR="$folder/etc"
memcached -l 127.0.0.1 -p "$cache" -u "$user" & pids="$pids $!"
for kind in account container object proxy; do
  "swift-$kind-server" "$folder/etc/$kind.conf" > "$folder/$kind.log" 2>&1 & pids="$pids $!"
done
export OGPLUS_S3_ENDPOINT="http://127.0.0.1:$proxy" OGPLUS_STORAGE_URL=s3://cards/tests
export AWS_ACCESS_KEY_ID=test:tester AWS_SECRET_ACCESS_KEY=testing AWS_REGION=us-east-1
tries=0
until node scripts/make-bucket.mjs; do
  tries=$((tries + 1))
  [ "$tries" -lt 30 ] || { cat "$folder"/*.log >&2; exit 1; }
  sleep 1
done
node --test "$@" server/test/store/other-bucket.ts
