import { hashOf, newToken } from '../../../accounts/links.ts';
import { ownBase } from '../../../accounts/own-origin.ts';
import { curlLine } from '../../../cards/probe/curl-line.ts';
import { Problem } from '../../../model/problem.ts';
import { after, seconds } from '../../../model/units.ts';
import type { Website } from '../../../model/website.ts';
import type { Link } from '../../../store/ports/links.ts';
import type { ProbeRequest as StoredRequest } from '../../../store/ports/probe-requests.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import { noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { mediaTypes, WebsiteParams } from '../schemas/common.ts';
import { Probe, ProbeEventsQuery, ProbeParams, ProbeRequests, Probes } from '../schemas/probes.ts';
import { timeOf } from '../time.ts';
import { eventStream } from './event-stream.ts';

const lasts = seconds(24 * 60 * 60);
const mostProbes = 20;
const mostRequests = 200;
const kind = 'probe';

/** Probes: pages that show what networks' crawlers ask for. */
export function addProbeRoutes(api: Api, options: ApiOptions): void {
  const { store, clock, url, linkTokenOf, connections } = options;
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'pages:read' } } as const;
  const editor = { access: { who: 'member', role: 'editor', scope: 'pages:purge' } } as const;
  const { links, probeRequests } = store;

  const addressOf = ({ salt }: Pick<Link, 'salt'>, host: string | undefined) =>
    `${ownBase(url, host)}/probe/${linkTokenOf(salt ?? '')}`;
  const json = (link: Link, host: string | undefined) => ({
    id: link.id,
    url: addressOf(link, host),
    createdAt: timeOf(link.createdAt),
    expiresAt: timeOf(link.expiresAt ?? link.createdAt),
  });
  const found = async ({ id }: Website, probeId: number): Promise<Link> => {
    const probe = (await links.of(id, kind, clock.now())).find((one) => one.id === probeId);
    if (probe === undefined) throw new Problem('not-found', 'The website has no such probe, or it has ended.');
    return probe;
  };

  const list = { summary: 'The probes of a website', params: WebsiteParams, response: { 200: Probes } };
  api.get('/websites/:websiteId/probes', { config: viewer, schema: list }, async (request) => {
    const own = await links.of(memberOf(request).website.id, kind, clock.now());
    return { probes: own.map((link) => json(link, request.headers.host)) };
  });

  const create = {
    summary: 'Start a probe: a page to paste into a post, whose requests are recorded for a day',
    params: WebsiteParams,
    response: { 201: Probe },
  };
  api.post(
    '/websites/:websiteId/probes',
    { config: { ...editor, audit: ['probe.started'] }, schema: create },
    async (request, reply) => {
      const salt = newToken();
      const createdAt = clock.now();
      const link = {
        websiteId: memberOf(request).website.id,
        kind,
        tokenHash: hashOf(linkTokenOf(salt)),
        salt,
        name: '',
        target: null,
        createdAt,
        expiresAt: after(createdAt, lasts),
      } as const;
      const id = await links.create(link, mostProbes);
      if (id === undefined) {
        throw new Problem(
          'conflict',
          `A website can have ${mostProbes} probes at most. Remove one, or wait until one ends.`,
        );
      }
      await noteChange(options, request, link.websiteId, [{ kind: 'probe.started', id }]);
      return reply.code(201).send(json({ ...link, id, usedAt: null }, request.headers.host));
    },
  );

  const path = '/websites/:websiteId/probes/:probeId';
  const remove = { summary: 'End a probe and delete its requests', params: ProbeParams };
  api.delete(path, { config: { ...editor, audit: ['probe.ended'] }, schema: remove }, async (request, reply) => {
    const { website } = memberOf(request);
    const { id } = await found(website, request.params.probeId);
    const isEnded = await links.remove(website.id, kind, id);
    await noteChange(options, request, website.id, isEnded ? [{ kind: 'probe.ended', id }] : []);
    return reply.code(204).send();
  });

  const heard = {
    summary: 'The requests to a probe',
    params: ProbeParams,
    querystring: ProbeEventsQuery,
    response: { 200: ProbeRequests },
  };
  api.get(`${path}/requests`, { config: viewer, schema: heard }, async (request) => {
    const probe = await found(memberOf(request).website, request.params.probeId);
    const address = addressOf(probe, request.headers.host);
    const requests = await probeRequests.after(probe.id, request.query.after ?? 0, mostRequests);
    return { requests: requests.map((one) => requestJson(one, address)) };
  });

  const events = {
    summary: 'The requests to a probe as they arrive: server-sent events, each with the JSON of a request',
    params: ProbeParams,
    querystring: ProbeEventsQuery,
    response: { 200: mediaTypes('text/event-stream') },
  };
  api.get(`${path}/events`, { config: viewer, schema: events }, async (request, reply) => {
    const probe = await found(memberOf(request).website, request.params.probeId);
    const address = addressOf(probe, request.headers.host);
    const last = Number(request.headers['last-event-id'] ?? request.query.after ?? 0);
    const since = Number.isSafeInteger(last) && last > 0 ? last : 0;
    const more = async (id: number) => {
      const requests = await probeRequests.after(probe.id, id, mostRequests);
      return requests.map((one) => ({ id: one.id, data: requestJson(one, address) }));
    };
    const isOver = () => connections.isStopping || clock.now() >= (probe.expiresAt ?? 0);
    reply.type('text/event-stream').header('x-accel-buffering', 'no');
    return reply.send(eventStream(more, since, isOver));
  });
}

function requestJson({ at, headers, ...request }: StoredRequest, address: string) {
  const userAgent = headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '';
  const asked = request.what === 'page' ? address : `${address}/picture`;
  return {
    ...request,
    at: timeOf(at),
    userAgent,
    headers: headers.map(([name, value]) => ({ name, value })),
    curl: curlLine(request.method, asked, headers),
  };
}
