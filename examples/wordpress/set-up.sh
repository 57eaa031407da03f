#!/bin/sh
# Makes a WordPress with this example's plugin and theme, and two posts, out of Debian's packages:
#   apt install wordpress mariadb-server php-cli php-mysql
#   sh set-up.sh FOLDER
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)

cp -rL /usr/share/wordpress "$folder/site"
mkdir -p "$folder/site/wp-content/mu-plugins" "$folder/site/wp-content/themes/kiln"
cp "$here/ogplus.php" "$folder/site/wp-content/mu-plugins/"
cp "$here"/theme/* "$folder/site/wp-content/themes/kiln/"
cat > "$folder/site/wp-config.php" <<'PHP'
<?php
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . dirname(__DIR__) . '/db.sock');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
// Every host that the example is asked by is its own.
define('WP_HOME', 'http://' . ($_SERVER['HTTP_HOST'] ?? 'localhost'));
define('WP_SITEURL', WP_HOME);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_HTTP_BLOCK_EXTERNAL', getenv('OGPLUS_SERVICE') === false);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
PHP

mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$folder/db" --auth-root-authentication-method=normal --skip-test-db >/dev/null
sh "$here/database.sh" "$folder" &
database=$!
trap 'kill $database; wait $database' EXIT
until mariadb --no-defaults --user=root --socket="$folder/db.sock" -e 'CREATE DATABASE IF NOT EXISTS wordpress' 2>/dev/null; do sleep 0.2; done
php "$here/install.php" "$folder/site"
