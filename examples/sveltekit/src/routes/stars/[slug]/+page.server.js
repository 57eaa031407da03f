import { error } from '@sveltejs/kit';
import { og, pageUrl } from '$lib/server/og.js';
import { stars } from '$lib/server/stars.js';

export function load({ params }) {
  const star = stars.get(params.slug) ?? error(404, 'No such star');
  const tags = og.tags({
    page: pageUrl(`/stars/${params.slug}`),
    title: star.name,
    description: star.text,
    type: 'article',
    // Kept for an hour; a new version is drawn within a minute of the next request.
    cache: { maxAge: 3600, etag: star.version },
  });
  return { star, tags };
}
