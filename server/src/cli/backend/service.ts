import type Type from 'typebox';
import type { AuditLog } from '../../http/api/schemas/audit.ts';
import type { MadeWebsite } from '../../http/api/schemas/members.ts';
import type { PageDetail, Purged } from '../../http/api/schemas/pages.ts';
import type { Warmup, WarmupDetail, Warmups } from '../../http/api/schemas/warmups.ts';
import type { Check, Keys, NewKey, Settings, Website, Websites } from '../../http/api/schemas/websites.ts';
import { CommandError } from '../terminal.ts';
import type { Backend, ListedCard, ListedWebsite } from './backend.ts';
import { noWebsite } from './no-website.ts';
import { type ApiCall, callService, type ServiceAccess } from './service-api.ts';

/** Commands on a service, over its management API. */
export function serviceBackend(access: ServiceAccess): Backend {
  const call = <T>(method: string, path: string, more?: ApiCall) => callService<T>(access, method, path, more);
  const below = (website: ListedWebsite, path: string) => `/websites/${website.id}${path}`;
  const list = async () => (await call<Type.Static<typeof Websites>>('GET', '/websites')).websites.map(listed);
  const keysOf = async (website: ListedWebsite) =>
    (await call<Type.Static<typeof Keys>>('GET', below(website, '/keys'))).keys;

  return {
    websites: {
      list,
      byOrigin: async (origin) => (await list()).find((website) => website.origin === origin),
      async create(origin) {
        const made = await call<Type.Static<typeof MadeWebsite>>('POST', '/websites', { body: { origin } });
        return { ...listed(made.website), ...made.key };
      },
      remove: (website) => call('DELETE', below(website, '')),
    },

    keys: {
      async list(website) {
        const keys = await keysOf(website);
        return keys.map(({ publicKey, createdAt, revokedAt }) => ({
          publicKey,
          created: createdAt,
          revoked: revokedAt,
        }));
      },
      create: (website) => call<Type.Static<typeof NewKey>>('POST', below(website, '/keys')),
      async revoke(publicKey) {
        for (const website of await list()) {
          const keys = await keysOf(website);
          const key = keys.find((one) => one.publicKey === publicKey);
          if (key === undefined) continue;
          if (key.revokedAt !== null) throw new CommandError(`The key ${publicKey} is already revoked.`);
          await call('DELETE', below(website, `/keys/${publicKey}`));
          return keys.filter(({ revokedAt }) => revokedAt === null).length - 1;
        }
        throw new CommandError(`There is no key ${publicKey}.`);
      },
    },

    settings: {
      async of({ id }) {
        const { settings } = await call<Type.Static<typeof Website>>('GET', `/websites/${id}`);
        const { ownHostProof, ...rest } = settings;
        return { ...rest, ownHostProven: ownHostProof?.proven ?? null, token: null };
      },
      async change(website, { fallback, ...changes }) {
        if (Object.keys(changes).length > 0) {
          await call<Type.Static<typeof Settings>>('PATCH', below(website, '/settings'), { body: changes });
        }
        if (fallback === null) await call('DELETE', below(website, '/fallback-picture'));
        else if (fallback !== undefined) {
          // The service finds out itself what kind of picture it is.
          const headers = { 'content-type': 'image/png' };
          await call('PUT', below(website, '/fallback-picture'), { body: fallback, headers });
        }
      },
    },

    cards: {
      async ofPage(website, target) {
        const path = below(website, `/page?${new URLSearchParams({ target })}`);
        return (await call<Type.Static<typeof PageDetail>>('GET', path)).cards.map(listedCard);
      },
      purge: (website, scope) =>
        call<Type.Static<typeof Purged>>('POST', below(website, '/purges'), {
          body: scope,
          headers: { prefer: 'return=representation' },
        }),
    },

    warmups: {
      last: async (website) => (await call<Type.Static<typeof Warmups>>('GET', below(website, '/warmups'))).warmups[0],
      find: (website, id) => call<Type.Static<typeof Warmup>>('GET', below(website, `/warmups/${id}`)),
      start: (website, { sitemap, consumers }) =>
        call<Type.Static<typeof Warmup>>('POST', below(website, '/warmups'), {
          body: { sitemap, ...(consumers === undefined ? {} : { consumers }) },
        }),
      resume: (website, id) => call<Type.Static<typeof Warmup>>('POST', below(website, `/warmups/${id}/resume`)),
      stop: (website, id) => call('DELETE', below(website, `/warmups/${id}`)),
      remarks: async (website, id) =>
        (await call<Type.Static<typeof WarmupDetail>>('GET', below(website, `/warmups/${id}`))).remarks,
    },

    async log(origin, limit) {
      const website = (await list()).find((one) => one.origin === origin);
      if (website === undefined) throw noWebsite(origin);
      const path = below(website, `/audit-log?limit=${limit}`);
      const { entries } = await call<Type.Static<typeof AuditLog>>('GET', path);
      return entries.map(({ at, actor, action, address }) => ({ at, actor, action, address }));
    },

    async look(website, target) {
      const path = below(website, `/check?${new URLSearchParams({ target })}`);
      return call<Type.Static<typeof Check>>('GET', path);
    },

    async [Symbol.asyncDispose]() {},
  };
}

function listed({ id, origin, connection, connectionUrl, publicKey }: Type.Static<typeof Website>): ListedWebsite {
  return { id, origin, connection, connectionUrl, publicKey };
}

function listedCard(card: Type.Static<typeof PageDetail>['cards'][number]): ListedCard {
  const { consumer, state, freshUntil, drawnAt, gone, picture } = card;
  return {
    consumer,
    fresh: state === 'fresh',
    freshUntil,
    outcome:
      picture === null
        ? { gone: gone ?? 404 }
        : {
            drawn: drawnAt ?? '',
            size: picture.size,
            format: picture.type,
            width: picture.width,
            height: picture.height,
          },
  };
}
