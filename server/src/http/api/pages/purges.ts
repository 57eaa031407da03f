import type Type from 'typebox';
import type { PurgeScope } from '../../../model/change.ts';
import type { Website } from '../../../model/website.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { Purge } from '../schemas/pages.ts';
import { ownTargetOf, targetOf } from './targets.ts';

/** Purges pictures everywhere at once; the next request fetches and renders. */
export function addPurgeRoute(api: Api, { store }: ApiOptions): void {
  const editor = { access: { who: 'member', role: 'editor', scope: 'pages:purge' } } as const;
  const schema = {
    summary: 'Purge pages, all pages with a prefix, or a whole website',
    params: WebsiteParams,
    body: Purge,
  };
  api.post('/websites/:websiteId/purges', { config: editor, schema }, async (request, reply) => {
    const { website } = memberOf(request);
    for (const scope of scopesOf(website, request.body)) await store.changes.purge(website.id, scope);
    return reply.code(204).send();
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
