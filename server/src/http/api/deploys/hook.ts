import type Type from 'typebox';
import { takeOne } from '../../../cards/limits/quota-used-up.ts';
import { Rate } from '../../../cards/limits/rate.ts';
import type { AuditAction } from '../../../model/audit.ts';
import type { PurgeScope } from '../../../model/change.ts';
import { Problem } from '../../../model/problem.ts';
import type { Website } from '../../../model/website.ts';
import { deploy } from '../../../warmups/deploy.ts';
import { purgedParts } from '../../../websites/audit/purged-parts.ts';
import { clientIp, networkOf } from '../../connection/client-address.ts';
import { websiteOfLink } from '../../public/website-of-link.ts';
import type { Api } from '../api-server.ts';
import { noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { ownTargetOf } from '../pages/targets.ts';
import { Deploy, Deployed, HookParams } from '../schemas/deploys.ts';

// Each call purges: a script in a loop must not make a website draw everything again and again.
const callsPerMinute = 6;
// Tokens cannot be guessed; this limits the lookups by somebody who tries.
const triesPerMinute = 60;
// Hosts send a whole description of the deploy.
const bodyLimit = 1_000_000;

/** The address that a deploy script calls. */
export function addHookRoute(api: Api, options: ApiOptions): void {
  const { store, cards, clock, warmups, trustedProxies } = options;
  const calls = new Rate(callsPerMinute);
  const tries = new Rate(triesPerMinute);
  const schema = {
    summary: 'Purge a website after a deploy, then draw the recently requested pages; the token authorises the call',
    params: HookParams,
    body: Deploy,
    response: { 202: Deployed },
  };
  api.register(async (scope) => {
    // A body of any other kind, or none, is no instruction: the whole website is purged.
    scope.addContentTypeParser('*', { bodyLimit }, async (_: unknown, payload: NodeJS.ReadableStream) => {
      payload.resume();
      return {};
    });
    scope.addHook('preValidation', async (request) => {
      const { body } = request;
      if (typeof body !== 'object' || body === null || Array.isArray(body)) request.body = {};
    });
    const config = { access: { who: 'anyone' }, audit: ['cache.purged', 'warmup.started', 'warmup.stopped'] } as const;
    scope.post<{ Params: { token: string }; Body: Type.Static<typeof Deploy> }>(
      '/hooks/:token',
      { config, schema, bodyLimit },
      async (request, reply) => {
        take(tries, networkOf(clientIp(request.raw, trustedProxies)), clock.now());
        const found = await websiteOfLink(store, 'deploy-hook', request.params.token, clock.now());
        if (found === undefined) throw new Problem('not-found', 'There is no such deploy hook, or it was revoked.');
        const { link, website } = found;
        take(calls, String(link.id), clock.now());
        const actor = { kind: 'deploy-hook', id: link.id, name: link.name } as const;
        const { scopes, purged } = scopesOf(website, request.body);
        await cards.writeDown();
        const { stopped, ...deployed } = await deploy(store, website, scopes, clock.now(), actor);
        const { warmup, pages } = deployed;
        const actions: AuditAction[] = [
          ...purgedParts(scopes),
          ...(stopped === null ? [] : [{ kind: 'warmup.stopped', id: stopped } as const]),
          ...(warmup === null ? [] : [{ kind: 'warmup.started', id: warmup, pages } as const]),
        ];
        await noteChange(options, request, website.id, actions, actor);
        await store.links.noteUse(link.id, clock.now());
        warmups.wake();
        return reply.code(202).send({ purged, ...deployed });
      },
    );
  });
}

function scopesOf(website: Website, { targets, prefix }: Type.Static<typeof Deploy>) {
  const scopes: PurgeScope[] = [
    ...(targets ?? []).map((target) => ({ kind: 'page', target: ownTargetOf(website, target) }) as const),
    ...(prefix === undefined ? [] : [{ kind: 'prefix', prefix: ownTargetOf(website, prefix) } as const]),
  ];
  if (scopes.length === 0) return { scopes: [{ kind: 'website' } as const], purged: 'website' };
  return { scopes, purged: targets === undefined ? 'prefix' : 'targets' };
}

function take(rate: Rate, key: string, now: Parameters<Rate['take']>[1]): void {
  const message = `A deploy hook may be called at most ${rate.perMinute} times per minute.`;
  takeOne(rate, key, now, { policy: 'deploy-hook', message });
}
