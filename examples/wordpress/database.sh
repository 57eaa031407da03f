#!/bin/sh
# The database of the WordPress that set-up.sh made.
exec mariadbd --no-defaults --user="$(id -un)" --datadir="$1/db" --socket="$1/db.sock" --pid-file="$1/db.pid" --skip-networking --silent-startup
