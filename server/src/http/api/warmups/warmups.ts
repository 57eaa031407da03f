import { consumerNamed } from '../../../model/consumers.ts';
import { Problem } from '../../../model/problem.ts';
import type { Website } from '../../../model/website.ts';
import type { Warmup as StoredWarmup } from '../../../store/ports/warmups.ts';
import { ownSitemap } from '../../../warmups/own-sitemap.ts';
import { shownRemarks, shownWarmup } from '../../../warmups/shown-warmup.ts';
import { usualConsumers } from '../../../warmups/usual-consumers.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import { noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { ownTargetOf } from '../pages/targets.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { NewWarmup, Warmup, WarmupDetail, WarmupParams, Warmups } from '../schemas/warmups.ts';

const shownWarmups = 20;

/** Warm-ups: cards drawn ahead, before anybody shares their pages. */
export function addWarmupRoutes(api: Api, options: ApiOptions): void {
  const { store, clock, warmups: runner } = options;
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'pages:read' } } as const;
  const editor = { access: { who: 'member', role: 'editor', scope: 'pages:purge' } } as const;
  const { warmups } = store;

  const list = { summary: 'The last warm-ups of a website', params: WebsiteParams, response: { 200: Warmups } };
  api.get('/websites/:websiteId/warmups', { config: viewer, schema: list }, async (request) => {
    const found = await warmups.of(memberOf(request).website.id, shownWarmups);
    return { warmups: found.map(shownWarmup) };
  });

  const start = {
    summary: 'Draw the cards of a sitemap, or of the given pages, unless they are fresh',
    params: WebsiteParams,
    body: NewWarmup,
    response: { 201: Warmup },
  };
  api.post(
    '/websites/:websiteId/warmups',
    { config: { ...editor, audit: ['warmup.started'] }, schema: start },
    async (request, reply) => {
      const { website } = memberOf(request);
      const { sitemap = null, targets, consumers } = request.body;
      if (sitemap !== null && targets !== undefined) {
        throw new Problem('invalid', 'Send either `sitemap` or `targets`, not both.');
      }
      const id = await warmups.create({
        websiteId: website.id,
        sitemap: sitemap && ownSitemap(website.origin, sitemap),
        targets: targets?.map((target) => ownTargetOf(website, target)) ?? null,
        consumers: consumers?.map(nameOf) ?? (await usualConsumers(store, website.id, clock.now())),
        createdAt: clock.now(),
      });
      if (id === undefined) throw goesOnAlready();
      await noteChange(options, request, website.id, [{ kind: 'warmup.started', id, pages: targets?.length ?? null }]);
      runner.wake();
      return reply.code(201).send(shownWarmup(await found(website, id)));
    },
  );

  const found = async ({ id: websiteId }: Website, id: number): Promise<StoredWarmup> => {
    const warmup = await warmups.find(websiteId, id);
    if (warmup === undefined) throw new Problem('not-found', 'The website has no such warm-up.');
    return warmup;
  };

  const path = '/websites/:websiteId/warmups/:warmupId';
  const one = { summary: 'The progress of a warm-up', params: WarmupParams, response: { 200: WarmupDetail } };
  api.get(path, { config: viewer, schema: one }, async (request) => {
    const warmup = await found(memberOf(request).website, request.params.warmupId);
    return { ...shownWarmup(warmup), remarks: await shownRemarks(warmups, warmup.id) };
  });

  const stop = { summary: 'Stop a warm-up; it can be resumed', params: WarmupParams };
  api.delete(path, { config: { ...editor, audit: ['warmup.stopped'] }, schema: stop }, async (request, reply) => {
    const { website } = memberOf(request);
    const { id } = await found(website, request.params.warmupId);
    const isStopped = await warmups.change(id, 'stopped', null, clock.now());
    await noteChange(options, request, website.id, isStopped ? [{ kind: 'warmup.stopped', id }] : []);
    return reply.code(204).send();
  });

  const resume = {
    summary: 'Resume a warm-up that was stopped or failed; pages that failed are tried again',
    params: WarmupParams,
    response: { 200: Warmup },
  };
  api.post(`${path}/resume`, { config: { ...editor, audit: ['warmup.resumed'] }, schema: resume }, async (request) => {
    const { website } = memberOf(request);
    const { id, endedAt } = await found(website, request.params.warmupId);
    if (endedAt !== null && !(await warmups.resume(id))) {
      const { state } = await found(website, id);
      throw state === 'done' ? new Problem('conflict', 'The warm-up is done. Start a new one.') : goesOnAlready();
    }
    await noteChange(options, request, website.id, endedAt === null ? [] : [{ kind: 'warmup.resumed', id }]);
    runner.wake();
    return shownWarmup(await found(website, id));
  });
}

function nameOf(text: string): string {
  const consumer = consumerNamed(text);
  if (consumer === undefined) throw new Problem('invalid', `There is no consumer "${text}".`);
  return consumer.name;
}

function goesOnAlready(): Problem {
  return new Problem('conflict', 'A warm-up of this website is running. Stop it first, or wait until it is done.');
}
