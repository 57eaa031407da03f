#!/bin/sh
# Serves the WordPress that set-up.sh made: sh start.sh FOLDER
here=$(cd "$(dirname "$0")" && pwd)
sh "$here/database.sh" "$1" &
database=$!
trap 'kill $server $database 2>/dev/null; wait' TERM INT
PHP_CLI_SERVER_WORKERS=4 php -S "${HOST:-127.0.0.1}:${PORT:-8080}" -t "$1/site" "$here/router.php" &
server=$!
wait
