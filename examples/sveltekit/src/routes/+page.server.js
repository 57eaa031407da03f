import { og, pageUrl } from '$lib/server/og.js';
import { stars } from '$lib/server/stars.js';

export function load({ setHeaders }) {
  setHeaders({ 'Cache-Control': 'public, max-age=3600' });
  return {
    stars: [...stars].map(([slug, { name }]) => ({ slug, name })),
    tags: og.tags({ page: pageUrl('/'), title: 'Stars to find tonight', description: 'With bare eyes.' }),
  };
}
