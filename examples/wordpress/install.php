<?php
// What a person does once in the browser: the first account, a theme, addresses with names, and two posts.
define('WP_INSTALLING', true);
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install('Kiln', 'editor', 'editor@journal.example', true, '', 'a password of the example');
update_option('blogdescription', 'Pots, and how they came about.');
update_option('permalink_structure', '/%postname%/');
switch_theme('kiln');
wp_delete_post(1, true);
foreach (['ash-glaze' => ['Ash, and what it does to a pot', 'Wood leaves more than heat.'], 'first-firing' => ['The first firing', 'Three days, one lid too many.']] as $slug => [$title, $text]) {
    wp_insert_post(['post_name' => $slug, 'post_title' => $title, 'post_content' => "<p>$text</p>", 'post_status' => 'publish', 'post_author' => 1]);
}
flush_rewrite_rules();
