#!/bin/sh
# Makes a base image without any registry of images: Debian's packages and the Node of this machine's tree.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tree=$folder/base.tar
mmdebstrap --quiet --variant=minbase --include=ca-certificates bookworm "$tree"
container=$(buildah from scratch)
buildah add -q "$container" "$tree" / >/dev/null
buildah copy -q "$container" "$(command -v node)" /usr/local/bin/node >/dev/null
npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
buildah copy -q "$container" "$npm" /usr/local/lib/node_modules/npm >/dev/null
# The authorities that this machine trusts, for its own mirrors of packages.
buildah copy -q "$container" /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt >/dev/null
buildah config --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$container"
buildah run --isolation chroot "$container" -- ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
buildah commit -q --rm "$container" localhost/ogplus-base >/dev/null
