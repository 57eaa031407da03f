import { phpString } from '../literals.ts';
import { partsOf } from '../page-path.ts';
import type { Framework, PageWords, Site, TagName } from '../snippet.ts';
import { templateLine } from '../template-line.ts';

const file = 'wp-content/mu-plugins/opengraph-plus.php';

const plugin = ({ connectionUrl }: Site) => `<?php
/**
 * Plugin Name: OpenGraph+ cards
 */

defined( 'ABSPATH' ) || exit;

const OGPLUS_CONNECTION_URL = ${phpString(connectionUrl)};

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

// Before the plugin's own: networks take the first of each tag.
const onePage = ({ target, title, description }: PageWords) => `add_action( 'wp_head', function () {
	if ( wp_parse_url( $_SERVER['REQUEST_URI'] ?? '/', PHP_URL_PATH ) !== ${phpString(partsOf(target).path)} ) {
		return;
	}
	ogplus_tag( 'og:title', ${phpString(title)} );
${description === null ? '' : `	ogplus_tag( 'og:description', ${phpString(description)} );\n`}}, -1 );
`;

const ours: Readonly<Partial<Record<TagName, string>>> = {
  'og:plus:cache:max_age': "'3600'",
  'og:plus:cache:etag': "get_the_ID() . '-' . get_post_modified_time( 'U', true )",
  'og:plus:viewport:width': "'1200'",
  'og:plus:delay': "'2'",
};

const lineOf = (tag: TagName, words: PageWords) => {
  const value = ours[tag];
  if (value === undefined) return templateLine(plugin(words), tag, '');
  return `add_action( 'wp_head', function () {
	ogplus_tag( '${tag}', ${value} );
} );
`;
};

const freshness = () => `add_action( 'wp_head', function () {
	if ( is_singular() ) {
		ogplus_tag( 'og:plus:cache:max_age', (string) DAY_IN_SECONDS );
		ogplus_tag( 'og:plus:cache:etag', get_the_ID() . '-' . get_post_modified_time( 'U', true ) );
	}
} );
`;

export const wordpress: Framework = {
  id: 'wordpress',
  tags: [{ id: 'wordpressPlugin', file, code: plugin }],
  freshness: [{ id: 'wordpressFreshness', file, code: freshness }],
  page: (words) => [{ file, code: onePage(words) }],
  line: (tag, words) => ({ file, code: lineOf(tag, words) }),
};
