<?php
// Changes a post's title, as an editor would: php edit.php SITE SLUG TITLE
require $argv[1] . '/wp-load.php';
$post = get_page_by_path($argv[2], OBJECT, 'post');
wp_update_post(['ID' => $post->ID, 'post_title' => $argv[3]]);
