import type { FastifyRequest } from 'fastify';
import type Type from 'typebox';
import { connectionUrl } from '../../../config.ts';
import { Problem } from '../../../model/problem.ts';
import { milliseconds, seconds } from '../../../model/units.ts';
import type { Website, WebsiteId, WebsiteSettings } from '../../../model/website.ts';
import { settingsChanged } from '../../../websites/audit/changed-settings.ts';
import { parseIgnoredParameter } from '../../../websites/ignored-parameters.ts';
import { parseOwnHost, parseRedirectHost } from '../../../websites/parse.ts';
import { readableHost } from '../../../websites/readable-host.ts';
import type { ServiceNames } from '../../../websites/reserved-names.ts';
import { orBadRequest } from '../../connection/parse-input.ts';
import { callerOf, memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import { actorOf, addressOf, noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { type Role, Settings, SettingsChange, Website as WebsiteSchema, Websites } from '../schemas/websites.ts';
import { timeOf } from '../time.ts';

export function addWebsiteRoutes(api: Api, options: ApiOptions): void {
  const { store, identities, ownHosts } = options;
  const there = async (id: WebsiteId): Promise<Website> => {
    const found = await store.websites.byId(id);
    if (found === undefined) throw new Problem('unknown-website', 'The website was removed a moment ago.');
    return found;
  };
  const whoOf = (request: FastifyRequest) => ({ actor: actorOf(request), address: addressOf(request, options) });
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'website:read' } } as const;
  const editor = { access: { who: 'member', role: 'editor', scope: 'website:write' } } as const;
  const owner = { access: { who: 'member', role: 'owner', scope: 'website:write' } } as const;

  const list = { summary: 'The websites that the caller may see', response: { 200: Websites } };
  api.get(
    '/websites',
    { config: { access: { who: 'identified', scope: 'website:read' } }, schema: list },
    async (request) => {
      const caller = callerOf(request);
      const websites = await identities.websitesOf(caller);
      return {
        websites: await Promise.all(
          websites.map(async (website) =>
            websiteJson(options, website, (await identities.roleOn(caller, website.id)) ?? 'viewer'),
          ),
        ),
      };
    },
  );

  const one = { summary: 'One website', params: WebsiteParams, response: { 200: WebsiteSchema } };
  api.get('/websites/:websiteId', { config: viewer, schema: one }, async (request) => {
    const { website, role } = memberOf(request);
    return websiteJson(options, website, role);
  });

  const change = {
    summary: 'Change settings; settings that are not named stay as they are',
    params: WebsiteParams,
    body: SettingsChange,
    response: { 200: Settings },
  };
  const logsSettings = { ...editor, audit: ['settings.changed', 'website.host-proven'] } as const;
  api.patch('/websites/:websiteId/settings', { config: logsSettings, schema: change }, async (request) => {
    const { website } = memberOf(request);
    const settings = settingsOf(request.body, options);
    const host = settings.ownHost ?? null;
    if (host !== null && !(await ownHosts.isFreeFor(website, host))) {
      throw new Problem('conflict', `The host ${host} belongs to another website.`);
    }
    const changed = await store.websites.changeSettings(website.id, settings, actorOf(request));
    await noteChange(options, request, website.id, settingsChanged(changed));
    if (host !== null) await ownHosts.check(await there(website.id), whoOf(request));
    return settingsJson(await there(website.id), options);
  });

  const check = {
    summary: 'Check now whether DNS proves the custom host; this also happens by itself every few minutes',
    params: WebsiteParams,
    response: { 200: Settings },
  };
  const logsHost = { ...editor, audit: ['website.host-proven'] } as const;
  api.post('/websites/:websiteId/own-host-checks', { config: logsHost, schema: check }, async (request) => {
    const { website } = memberOf(request);
    // It writes into the log what it finds.
    await noteChange(options, request, website.id, []);
    await ownHosts.check(website, whoOf(request));
    return settingsJson(await there(website.id), options);
  });

  const remove = { summary: 'Remove a website, its keys and its cards', params: WebsiteParams };
  const logsRemoval = { ...owner, audit: ['website.removed'] } as const;
  api.delete('/websites/:websiteId', { config: logsRemoval, schema: remove }, async (request, reply) => {
    const { id, origin } = memberOf(request).website;
    const removed = await store.websites.remove(origin);
    await noteChange(options, request, id, removed ? [{ kind: 'website.removed', origin }] : []);
    return reply.code(204).send();
  });
}

/** A website, and the caller's role. */
export async function websiteJson(options: ApiOptions, website: Website, role: Type.Static<typeof Role>) {
  const good = (await options.store.websites.keysOf(website.id)).filter(({ revokedAt }) => revokedAt === null);
  return {
    id: website.id,
    origin: website.origin,
    host: readableHost(website.origin),
    connection: website.connection,
    connectionUrl: connectionUrl(options, website.connection),
    publicKey: good.at(-1)?.publicKey ?? null,
    settings: settingsJson(website, options),
    createdAt: timeOf(website.createdAt),
    role,
  };
}

function settingsJson(website: Website, { ownHosts }: ApiOptions) {
  const { id, provenHost } = website;
  const { redirectHosts, ignoredParameters, fallbackPicture, ...settings } = website.settings;
  const { ownHost } = settings;
  const href = `/api/v1/websites/${id}/fallback-picture`;
  return {
    ...settings,
    ownHostProof: ownHost && {
      proven: provenHost?.name === ownHost,
      records: [...ownHosts.recordsFor(website, ownHost)],
    },
    redirectHosts: [...redirectHosts],
    ignoredParameters: ignoredParameters && [...ignoredParameters],
    fallbackPicture: fallbackPicture && { ...fallbackPicture, href },
  };
}

function settingsOf(change: Type.Static<typeof SettingsChange>, names: ServiceNames): Partial<WebsiteSettings> {
  const { defaultMaxAge, patience, recheckInterval, redirectHosts, ignoredParameters, ownHost, ...rest } = change;
  return {
    ...rest,
    ...(defaultMaxAge === undefined ? {} : { defaultMaxAge: orNull(defaultMaxAge, seconds) }),
    ...(patience === undefined ? {} : { patience: orNull(patience, milliseconds) }),
    ...(recheckInterval === undefined ? {} : { recheckInterval: orNull(recheckInterval, seconds) }),
    ...(redirectHosts === undefined
      ? {}
      : { redirectHosts: redirectHosts.map((host) => orBadRequest(() => parseRedirectHost(host.trim()))) }),
    ...(ignoredParameters === undefined
      ? {}
      : {
          ignoredParameters: orNull(ignoredParameters, (names) =>
            names.map((name) => orBadRequest(() => parseIgnoredParameter(name.trim()))),
          ),
        }),
    ...(ownHost === undefined
      ? {}
      : { ownHost: orNull(ownHost, (host) => orBadRequest(() => parseOwnHost(host, names))) }),
  };
}

function orNull<A, B>(value: A | null, read: (value: A) => B): B | null {
  return value === null ? null : read(value);
}
