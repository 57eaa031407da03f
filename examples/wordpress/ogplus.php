<?php
/**
 * Plugin Name: OpenGraph+
 * Description: Every page is its own social card. Put this file into wp-content/mu-plugins.
 */

declare(strict_types=1);

namespace OgPlus;

/** A constant of wp-config.php, or an environment variable of that name. */
function setting(string $name): string
{
    return defined($name) ? (string) constant($name) : (string) getenv($name);
}

/** The card of the page that is shown: the connection address with the page's own path. */
function card(): string
{
    return setting('OGPLUS_CONNECTION_URL') . strtok($_SERVER['REQUEST_URI'], '?');
}

// Yoast and Rank Math write the other tags; they are only told of the picture.
add_action('wpseo_add_opengraph_images', fn ($images) => $images->add_image(['url' => card(), 'width' => 2400, 'height' => 1260]));
add_filter('rank_math/opengraph/facebook/image', __NAMESPACE__ . '\card');
add_filter('rank_math/opengraph/twitter/image', __NAMESPACE__ . '\card');

add_action('wp_head', function (): void {
    if (defined('WPSEO_VERSION') || defined('RANK_MATH_VERSION')) {
        return;
    }
    $tags = [
        'og:title' => wp_get_document_title(),
        'og:description' => is_singular() ? get_the_excerpt() : get_bloginfo('description'),
        'og:type' => is_singular('post') ? 'article' : 'website',
        'og:url' => is_singular() ? get_permalink() : home_url('/'),
        'og:site_name' => get_bloginfo('name'),
        'og:image' => card(),
        'og:image:width' => '2400',
        'og:image:height' => '1260',
    ];
    foreach (array_filter($tags) as $name => $content) {
        printf("<meta property=\"%s\" content=\"%s\">\n", esc_attr($name), esc_attr(wp_strip_all_tags($content)));
    }
    echo '<meta name="twitter:card" content="summary_large_image">', "\n";
});

// The same page for everybody who is not signed in: kept for a day, and purged when it changes.
add_action('template_redirect', function (): void {
    if (!is_user_logged_in() && !is_preview() && !is_404() && !post_password_required()) {
        header('Cache-Control: public, max-age=86400, stale-while-revalidate=86400');
    }
}, 0);

// A post is shown by its own page, and by lists: forget it all. Nothing is drawn until somebody asks.
add_action('save_post', function (int $id): void {
    if (!wp_is_post_revision($id) && !wp_is_post_autosave($id) && get_post_status($id) === 'publish') {
        purge();
    }
});
add_action('trashed_post', fn () => purge());

/** Forgets the cards of the website. */
function purge(): void
{
    if (setting('OGPLUS_API_KEY') === '') {
        return;
    }
    $service = setting('OGPLUS_SERVICE') . '/api/v1';
    $headers = ['Authorization' => 'Bearer ' . setting('OGPLUS_API_KEY'), 'Content-Type' => 'application/json'];
    $id = get_transient('ogplus_website');
    if ($id === false) {
        // The key knows one website.
        $answer = wp_remote_get("$service/websites", ['headers' => $headers]);
        $id = json_decode(wp_remote_retrieve_body($answer), true)['websites'][0]['id'] ?? null;
        if ($id === null) {
            error_log('OpenGraph+: the service did not name a website for OGPLUS_API_KEY.');
            return;
        }
        set_transient('ogplus_website', $id, DAY_IN_SECONDS);
    }
    $answer = wp_remote_post("$service/websites/$id/purges", ['headers' => $headers, 'body' => wp_json_encode(['kind' => 'website'])]);
    if (wp_remote_retrieve_response_code($answer) !== 204) {
        error_log('OpenGraph+: the purge failed. ' . wp_remote_retrieve_body($answer));
    }
}
