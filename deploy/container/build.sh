#!/bin/sh
# Packs OpenGraph+ and builds its image: deploy/container/build.sh [docker|podman|buildah] [further arguments for its build]
set -eu
cd "$(dirname "$0")"
engine=${1:-docker}
[ $# -eq 0 ] || shift

context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
npm pack -w ogplus --silent --prefix ../.. --pack-destination "$context" >/dev/null
mv "$context"/ogplus-*.tgz "$context/ogplus.tgz"
cp Containerfile "$context/"
"$engine" build -t ogplus -f "$context/Containerfile" "$@" "$context"
