<?php
// PHP's own server: files as they are, everything else by WordPress.
$site = $_SERVER['DOCUMENT_ROOT'];
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file($site . $path)) {
    return false;
}
if (is_file($site . rtrim($path, '/') . '/index.php')) {
    require $site . rtrim($path, '/') . '/index.php';
    return;
}
$_SERVER['SCRIPT_NAME'] = '/index.php';
require $site . '/index.php';
