import Type from 'typebox';
import type { PurgeScope } from '../../../model/change.ts';
import type { Website } from '../../../model/website.ts';
import { purgedParts } from '../../../websites/audit/purged-parts.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import { actorOf, noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { Purge, Purged, PurgeHeaders } from '../schemas/pages.ts';
import { ownTargetOf, targetOf } from './targets.ts';

// Counting a website's cards may not hold up other requests: beyond this, the answer says "at least".
const mostCounted = 2000;

/**
 * Purges pictures everywhere at once; the next request fetches and renders. With `Prefer: return=representation`
 * (RFC 7240 §4.2), the answer counts the cards that were purged.
 */
export function addPurgeRoute(api: Api, options: ApiOptions): void {
  const { store } = options;
  const access = { who: 'member', role: 'editor', scope: 'pages:purge' } as const;
  const editor = { access, audit: ['cache.purged'] } as const;
  const schema = {
    summary: 'Purge pages, all pages with a prefix, or a whole website',
    params: WebsiteParams,
    body: Purge,
    headers: PurgeHeaders,
    response: { 200: Purged, 204: Type.Null({ description: 'without "Prefer: return=representation"' }) },
  };
  api.post('/websites/:websiteId/purges', { config: editor, schema }, async (request, reply) => {
    const { website } = memberOf(request);
    const isCounted = /(^|,)\s*return=representation\s*(,|;|$)/i.test(request.headers.prefer ?? '');
    let cards = 0;
    const purged: PurgeScope[] = [];
    try {
      for (const scope of scopesOf(website, request.body)) {
        if (isCounted && cards < mostCounted) cards += await store.cards.count(website.id, scope, mostCounted - cards);
        await store.changes.purge(website.id, scope, actorOf(request));
        purged.push(scope);
      }
    } finally {
      await noteChange(options, request, website.id, purgedParts(purged));
    }
    if (!isCounted) return reply.code(204).send(null);
    return reply.header('preference-applied', 'return=representation').send({ cards, more: cards >= mostCounted });
  });
}

function scopesOf(website: Website, purge: Type.Static<typeof Purge>): PurgeScope[] {
  switch (purge.kind) {
    case 'website':
      return [{ kind: 'website' }];
    case 'prefix':
      return [{ kind: 'prefix', prefix: ownTargetOf(website, purge.prefix) }];
    case 'page':
      return [{ kind: 'page', target: targetOf(website, purge.target) }];
    case 'pages':
      return purge.targets.map((target) => ({ kind: 'page', target: targetOf(website, target) }));
  }
}
