import { createHash } from 'node:crypto';
import type { CardId, KeptCard, StoredResponse } from '../../../src/model/card.ts';
import type { Picture } from '../../../src/model/picture.ts';
import type { Policy, ResponseHead } from '../../../src/model/policy.ts';
import { type EpochMs, epochMs, seconds } from '../../../src/model/units.ts';
import type { Target, Website } from '../../../src/model/website.ts';
import type { KeepOptions, ResponseOrder } from '../../../src/store/ports/cards.ts';
import type { Store } from '../../../src/store/ports/store.ts';
import type { NewWebsite } from '../../../src/store/ports/websites.ts';
import { parseConnection, parseOrigin, parsePublicKey, parseTarget } from '../../../src/websites/parse.ts';

const noon = epochMs(Date.UTC(2026, 0, 1, 12));

export function target(text: string): Target {
  const parsed = parseTarget(text, []);
  if (parsed === undefined) throw new Error(`"${text}" is no target.`);
  return parsed.target;
}

export function newWebsite(name: string): NewWebsite {
  const connection = parseConnection(name);
  const publicKey = parsePublicKey(`ogplus_pk_${name}`);
  if (connection === undefined || publicKey === undefined) throw new Error(`"${name}" is no name for a website.`);
  return { origin: parseOrigin(`https://${name}.example`), connection, publicKey, createdAt: noon };
}

export async function makeWebsite(store: Store, name = 'site'): Promise<Website> {
  const website = await store.websites.create(newWebsite(name));
  if (website === undefined) throw new Error(`The website "${name}" was there already.`);
  return website;
}

/** A response told from others by `label`. */
export function storedResponse(label = 'first', receivedAt = noon): StoredResponse {
  const head: ResponseHead = {
    url: 'https://site.example/',
    status: 200,
    headers: [
      ['cache-control', 'max-age=60'],
      ['etag', `"${label}"`],
      ['link', '</ä>; rel=x'],
      ['link', '<b>; rel=y'],
    ],
    requestTime: receivedAt,
    responseTime: receivedAt,
  };
  const policy: Policy = {
    storeForbiddenBy: null,
    askAlwaysBy: null,
    lifetime: seconds(60),
    lifetimeFrom: 'Cache-Control: max-age',
    initialAge: seconds(0),
    receivedAt,
    freshUntil: epochMs(receivedAt + 60_000),
    stale: { forbiddenBy: null, whileRevalidate: seconds(5), ifError: null },
    validators: { etag: `"${label}"` },
    vary: [['accept-language', 'de']],
    remarks: [{ what: 'x', why: 'y' }],
  };
  return { head, policy, versionTag: label };
}

export function bytesOf(content: string, size = 1000): Buffer {
  return Buffer.alloc(size, content);
}

export function pictureOf(bytes: Buffer): Picture {
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { hash, type: 'image/png', size: bytes.length, width: 1200, height: 630 };
}

export interface CardOptions {
  readonly consumer?: string;
  readonly variant?: string;
  readonly purgeVersion?: number;
  readonly responseId?: string;
  readonly bytes?: Buffer;
  readonly receivedAt?: EpochMs;
}

export function cardId(website: Website, path: string, options: CardOptions = {}): CardId {
  const { consumer = 'generic', variant = '' } = options;
  return { websiteId: website.id, target: target(path), consumer, variant };
}

/** A card with a picture, of its own bytes unless `bytes` are given. */
export function drawn(website: Website, path: string, options: CardOptions = {}) {
  const id = cardId(website, path, options);
  const bytes = options.bytes ?? bytesOf(`${id.websiteId} ${path} ${id.consumer} ${id.variant}`);
  const picture = pictureOf(bytes);
  const { purgeVersion = 0, responseId = 'response-1', receivedAt } = options;
  const card: KeptCard = {
    id,
    outcome: { kind: 'picture', picture, renderedAt: receivedAt ?? noon, fingerprint: 'f'.repeat(64), common: null },
    ...storedResponse('first', receivedAt),
    responseId,
    purgeVersion,
  };
  return { card, id, bytes, picture };
}

export function gone(website: Website, path: string, options: CardOptions = {}): KeptCard {
  const { purgeVersion = 0, responseId = 'response-1', receivedAt } = options;
  return {
    id: cardId(website, path, options),
    outcome: { kind: 'gone', status: 404 },
    ...storedResponse('first', receivedAt),
    responseId,
    purgeVersion,
  };
}

/** Where a card's response stands, for `forget`. */
export function orderOf({ purgeVersion, policy: { receivedAt } }: KeptCard): ResponseOrder {
  return { purgeVersion, receivedAt };
}

/** Fetches and draws as the service does: the purge version is read before, and the card carries it. */
export async function draw(
  store: Store,
  website: Website,
  path: string,
  { tags, ...options }: CardOptions & Pick<KeepOptions, 'tags'> = {},
) {
  const { purgeVersion } = await store.changes.purgeState(website.id, target(path));
  const made = drawn(website, path, { purgeVersion, ...options });
  const keeping = await store.cards.keep(made.card, made.bytes, { tags });
  return { ...made, keeping };
}
