import type { Framework } from './snippet.ts';

const plugin = (connectionUrl: string) => `<?php
/**
 * Plugin Name: OpenGraph+ cards
 */

defined( 'ABSPATH' ) || exit;

const OGPLUS_CONNECTION_URL = '${connectionUrl}';

function ogplus_tag( string $name, string $value, string $attribute = 'property' ): void {
	printf( '<meta %s="%s" content="%s">' . "\\n", esc_attr( $attribute ), esc_attr( $name ), esc_attr( $value ) );
}

// Before the tags of an SEO plugin: networks take the first image.
add_action( 'wp_head', function () {
	if ( is_404() ) {
		return;
	}
	$target = isset( $_SERVER['REQUEST_URI'] ) ? wp_unslash( $_SERVER['REQUEST_URI'] ) : '/';
	ogplus_tag( 'og:image', esc_url_raw( OGPLUS_CONNECTION_URL . $target ) );
	ogplus_tag( 'og:image:width', '2400' );
	ogplus_tag( 'og:image:height', '1260' );
	ogplus_tag( 'twitter:card', 'summary_large_image', 'name' );

	// Leave these out where an SEO plugin says them.
	ogplus_tag( 'og:title', wp_get_document_title() );
	if ( is_singular() ) {
		ogplus_tag( 'og:type', 'article' );
		ogplus_tag( 'og:url', get_permalink() );
		ogplus_tag( 'og:description', wp_strip_all_tags( get_the_excerpt() ) );
	}
}, 0 );
`;

const freshness = () => `add_action( 'wp_head', function () {
	if ( is_singular() ) {
		ogplus_tag( 'og:plus:cache:max_age', (string) DAY_IN_SECONDS );
		ogplus_tag( 'og:plus:cache:etag', get_the_ID() . '-' . get_post_modified_time( 'U', true ) );
	}
} );
`;

export const wordpress: Framework = {
  id: 'wordpress',
  name: 'WordPress',
  tags: [{ id: 'wordpressPlugin', file: 'wp-content/mu-plugins/opengraph-plus.php', code: plugin }],
  freshness: [{ id: 'wordpressFreshness', file: 'wp-content/mu-plugins/opengraph-plus.php', code: freshness }],
};
