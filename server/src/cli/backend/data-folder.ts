import { type Config, connectionUrl } from '../../config.ts';
import { judge } from '../../freshness/judge.ts';
import type { KeptCard } from '../../model/card.ts';
import { type EpochMs, epochMs } from '../../model/units.ts';
import type { PublicKey, Website, WebsiteId } from '../../model/website.ts';
import { hasStore } from '../../store/data-folder.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/ports/store.ts';
import { settingsChanged } from '../../websites/audit/changed-settings.ts';
import { purgedParts } from '../../websites/audit/purged-parts.ts';
import { apiKeyOf, fetchTokenOf, newConnection, newPublicKey, secretKeyOf } from '../../websites/keys.ts';
import { ensureMasterKey, masterKey } from '../../websites/master-key.ts';
import { CommandError } from '../terminal.ts';
import type { Backend, KeyPair, ListedCard, ListedWebsite, SettingsChanges } from './backend.ts';
import { type CommandLineAudit, commandLine, commandLineAudit } from './command-line-audit.ts';
import { warmupsOf } from './data-folder-warmups.ts';
import { noWebsite } from './no-website.ts';

// A person waits for the answer, and a running service is not held up by a reader.
const mostCounted = 1_000_000;

type DataFolderConfig = Pick<Config, 'dataDir' | 'database' | 'bucket' | 'masterKey'>;

/**
 * Opens the store that a running service shares. Only `serve` makes a data folder.
 * @throws {CommandError} where there is none, and something of the store would be in it.
 */
export async function openDataFolder(config: DataFolderConfig): Promise<Store> {
  const { dataDir, database, bucket } = config;
  if (!hasStore(config)) throw new CommandError(`There is no data folder at ${dataDir}. ${adviceFor(config)}`);
  await using parts = new AsyncDisposableStack();
  const store = parts.use(await openStore(dataDir, { database, bucket, follows: false }));
  await ensureMasterKey(config, store);
  parts.move();
  return store;
}

function adviceFor({ database, bucket, masterKey }: DataFolderConfig): string {
  if (database === undefined) {
    return `Name the right one, or a service:
  OGPLUS_DATA_DIR=/path/to/data npx ogplus …
  npx ogplus login https://ogplus.example.com
"npx ogplus serve" makes a new data folder.`;
  }
  const missing = [
    ...(bucket === undefined ? ['OGPLUS_STORAGE_URL'] : []),
    ...(masterKey === undefined ? ['OGPLUS_MASTER_KEY'] : []),
  ];
  return `Set ${missing.join(' and ')} as on the machines of the service, or OGPLUS_DATA_DIR to the folder of one.`;
}

/** Commands on the data folder of this machine, which a running service may share. */
export async function dataFolderBackend(config: Config): Promise<Backend> {
  const store = await openDataFolder(config);
  const now = () => epochMs(Date.now());
  const audit = commandLineAudit(store);
  const validKeys = async (id: WebsiteId) =>
    (await store.websites.keysOf(id)).filter(({ revokedAt }) => revokedAt === null);

  const listed = async ({ id, origin, connection }: Website): Promise<ListedWebsite> => ({
    id,
    origin,
    connection,
    connectionUrl: connectionUrl(config, connection),
    publicKey: (await validKeys(id)).at(-1)?.publicKey ?? null,
  });
  const pairOf = async (publicKey: PublicKey): Promise<KeyPair> => {
    const secretKey = secretKeyOf(await masterKey(config), publicKey);
    return { publicKey, secretKey, apiKey: apiKeyOf(publicKey, secretKey) };
  };
  const websiteOf = async ({ id, origin }: ListedWebsite): Promise<Website> => {
    const website = await store.websites.byId(id as WebsiteId);
    if (website === undefined) throw new CommandError(`The website ${origin} was just removed.`);
    return website;
  };

  return {
    websites: {
      list: async () => Promise.all((await store.websites.list()).map(listed)),
      async byOrigin(origin) {
        const website = await store.websites.byOrigin(origin);
        return website && listed(website);
      },
      async create(origin) {
        const publicKey = newPublicKey();
        const wanted = { origin, connection: newConnection(), publicKey, createdAt: Date.now() };
        const website = await store.websites.create(wanted);
        if (website === undefined) throw new CommandError('The website was not created: its key was taken. Try again.');
        await audit(website.id, { kind: 'website.created', origin });
        return { ...(await listed(website)), ...(await pairOf(publicKey)) };
      },
      async remove(website) {
        const { id, origin } = await websiteOf(website);
        if (await store.websites.remove(origin)) await audit(id, { kind: 'website.removed', origin });
      },
    },

    keys: {
      async list({ id }) {
        return (await store.websites.keysOf(id as WebsiteId)).map(({ publicKey, createdAt, revokedAt }) => ({
          publicKey,
          created: new Date(createdAt).toISOString(),
          revoked: revokedAt === null ? null : new Date(revokedAt).toISOString(),
        }));
      },
      async create({ id }) {
        const publicKey = newPublicKey();
        if (!(await store.websites.createKey(id as WebsiteId, publicKey, now()))) {
          throw new CommandError(
            'The key was not created: the website was just removed, or the key is taken. Try again.',
          );
        }
        await audit(id as WebsiteId, { kind: 'key.created', publicKey });
        return pairOf(publicKey);
      },
      async revoke(publicKey) {
        const key = await store.websites.findKey(publicKey);
        if (key === undefined) throw new CommandError(`There is no key ${publicKey}.`);
        if (!(await store.websites.revokeKey(publicKey, now()))) {
          throw new CommandError(`The key ${publicKey} is already revoked.`);
        }
        await audit(key.websiteId, { kind: 'key.revoked', publicKey });
        return (await validKeys(key.websiteId)).length;
      },
    },

    settings: {
      async of(shown) {
        const { settings, provenHost, publicKey } = await websiteOf(shown);
        return {
          ...settings,
          ownHostProven: settings.ownHost === null ? null : provenHost !== null,
          token: settings.fetchToken ? fetchTokenOf(await masterKey(config), publicKey) : null,
        };
      },
      change: (website, changes) => changeSettings(store, audit, website.id as WebsiteId, changes),
    },

    cards: {
      async ofPage({ id }, target) {
        const at = now();
        return (await store.cards.ofPage(id as WebsiteId, target)).map((card) => listedCard(card, at));
      },
      async purge({ id }, scope) {
        const cards = await store.cards.count(id as WebsiteId, scope, mostCounted);
        await store.changes.purge(id as WebsiteId, scope, commandLine);
        await audit(id as WebsiteId, ...purgedParts([scope]));
        return { cards, more: cards === mostCounted };
      },
    },

    warmups: warmupsOf(config, store, audit),

    async log(origin, limit) {
      const id = (await store.websites.byOrigin(origin))?.id ?? (await store.audit.removed(origin));
      if (id === undefined) throw noWebsite(origin);
      const entries = await store.audit.of(id, { kinds: null, actor: null, limit, before: null });
      return entries.map(({ at, actor, action, address }) => {
        return { at: new Date(at).toISOString(), actor, action, address };
      });
    },

    async look(website, target) {
      const { lookFromHere } = await import('../look-from-here.ts');
      return lookFromHere(config, website.origin + target, store);
    },

    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/** Write access to the data folder makes an operator: a host set here needs no other proof. */
async function changeSettings(
  store: Store,
  audit: CommandLineAudit,
  id: WebsiteId,
  { fallback, ...changes }: SettingsChanges,
): Promise<void> {
  const { ownHost = null } = changes;
  const holder = ownHost && (await store.websites.byOwnHost(ownHost));
  if (holder && holder.id !== id) {
    throw new CommandError(`--own-host ${ownHost}: ${holder.origin} uses it. Remove it there first: --own-host none.`);
  }
  const picture = fallback && (await keepFallback(store, fallback));
  const wanted = { ...changes, ...(picture === undefined ? {} : { fallbackPicture: picture }) };
  const changed = await store.websites.changeSettings(id, wanted, commandLine);
  await audit(id, ...settingsChanged(changed));
  if (ownHost === null || !(await store.websites.proveOwnHost(id, { name: ownHost, by: 'operator' }))) return;
  await audit(id, { kind: 'website.host-proven', host: ownHost });
}

async function keepFallback(store: Store, file: Uint8Array) {
  const { makeFallbackPicture } = await import('../../websites/fallback-picture.ts');
  const { picture, bytes } = await makeFallbackPicture(Buffer.from(file)).catch((error: Error) => {
    throw new CommandError(`--fallback-picture: ${error.message}`);
  });
  await store.pictures.write(picture, bytes);
  return picture;
}

function listedCard({ id, outcome, policy }: KeptCard, now: EpochMs): ListedCard {
  const time = (at: number) => new Date(at).toISOString();
  return {
    consumer: id.consumer,
    fresh: judge(policy, now).kind === 'fresh',
    freshUntil: time(policy.freshUntil),
    outcome:
      outcome.kind === 'gone'
        ? { gone: outcome.status }
        : {
            drawn: time(outcome.renderedAt),
            size: outcome.picture.size,
            format: outcome.picture.type,
            width: outcome.picture.width,
            height: outcome.picture.height,
          },
  };
}
