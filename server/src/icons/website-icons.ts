import { LRUCache } from 'lru-cache';
import { tokenFor } from '../cards/fetch-token.ts';
import { Queue } from '../concurrency/queue.ts';
import { SingleFlight } from '../concurrency/single-flight.ts';
import { assess } from '../freshness/assess.ts';
import { matches304, renewedBy } from '../freshness/renew.ts';
import type { Policy, ResponseHead } from '../model/policy.ts';
import { type Clock, type EpochMs, epochMs, milliseconds, seconds } from '../model/units.ts';
import type { Origin, Website, WebsiteId } from '../model/website.ts';
import { readBody, skipBody } from '../origin/body.ts';
import type { FetchRequest, Requests } from '../origin/requests.ts';
import { iconLinks } from './icon-links.ts';
import { iconPicture } from './icon-picture.ts';

export interface WebsiteIconsOptions {
  readonly requests: Requests;
  readonly clock: Clock;
  readonly software: string;
  readonly fetchTokenOf: (website: Website) => string;
}

export interface WebsiteIcon {
  /** A square PNG; null where the website has no icon that can be read. */
  readonly png: Buffer | null;
  readonly freshUntil: EpochMs;
}

/** An icon, and the response that it came with. */
interface Found {
  readonly png: Buffer;
  readonly head: ResponseHead;
  /** When the page last said that this is the icon; it may name another one by now. */
  readonly foundAt: EpochMs;
}

interface Known extends WebsiteIcon {
  readonly found: Found | null;
}

const mostPageBytes = 2_000_000;
const mostIconBytes = 1_000_000;
const mostTried = 3;
const timeout = milliseconds(10_000);
// A dashboard shows many websites at once; their icons can wait.
const [atOnce, mostWaiting] = [2, 1000];
// However short its lifetime: an icon is looked at often, and seldom changed.
const shortestMs = 600_000;
const longestMs = 24 * 3_600_000;
// Some 10 MB.
const mostKnown = 2000;

/**
 * The icons of websites, for their owners. They are fetched when they are looked at, with the website's page at `/`, and
 * never for a card. Each is kept in memory for as long as its response allows, at least ten minutes and at most a day.
 */
export class WebsiteIcons {
  readonly #options: WebsiteIconsOptions;
  readonly #known = new LRUCache<WebsiteId, Known>({ max: mostKnown });
  readonly #flights = new SingleFlight<Known>();
  readonly #queue = new Queue(atOnce, mostWaiting);

  constructor(options: WebsiteIconsOptions) {
    this.#options = options;
  }

  /** @throws {Problem} `queue-full`. */
  async of(website: Website): Promise<WebsiteIcon> {
    const known = this.#known.get(website.id);
    if (known !== undefined && this.#options.clock.now() < known.freshUntil) return known;
    const look = () => this.#queue.run(() => this.#renewed(website, known?.found ?? null));
    const renewed = await this.#flights.run(String(website.id), look).result;
    this.#known.set(website.id, renewed);
    return renewed;
  }

  async #renewed(website: Website, old: Found | null): Promise<Known> {
    const { clock } = this.#options;
    const signal = AbortSignal.timeout(timeout);
    const same =
      old !== null && clock.now() - old.foundAt < longestMs ? await this.#revalidated(website, old, signal) : null;
    const found = same ?? (await this.#find(website, old, signal));
    const now = clock.now();
    const fresh = found === null ? 0 : policyOf(found.head).freshUntil - now;
    const freshUntil = epochMs(now + Math.min(Math.max(fresh, shortestMs), longestMs));
    return { png: found?.png ?? null, found, freshUntil };
  }

  /** The same icon, if its server says that it is; or what its address gives now. */
  async #revalidated(website: Website, old: Found, signal: AbortSignal): Promise<Found | null> {
    const { validators } = policyOf(old.head);
    if (validators.etag === undefined && validators.lastModified === undefined) return null;
    const request = { ...this.#request(website, old.head.url), validators: { ...validators, url: old.head.url } };
    try {
      const { head, body } = await this.#options.requests.follow(request, signal);
      if (head.status === 304 && matches304(validators.etag, head)) {
        skipBody(body);
        return { ...old, head: renewedBy(old.head, head) };
      }
      if (head.status === 200)
        return { ...old, png: await iconPicture(await readBody(body, head.headers, mostIconBytes)), head };
      skipBody(body);
      return null;
    } catch {
      return null; // it is looked for anew
    }
  }

  /**
   * The first icon that can be read, of those that the page at `/` names, and then `/favicon.ico`; where the website does not
   * answer, the old one.
   */
  async #find(website: Website, old: Found | null, signal: AbortSignal): Promise<Found | null> {
    const { origin } = website;
    const page = await this.#get(website, `${origin}/`, mostPageBytes, signal);
    const links = page === null ? [] : iconLinks(page.bytes.toString('utf8'), page.head.url).slice(0, mostTried);
    for (const link of [...links, `${origin}/favicon.ico`]) {
      const icon = link.startsWith('data:')
        ? inline(link, page?.head)
        : await this.#get(website, link, mostIconBytes, signal);
      if (icon === null) continue;
      const png = await iconPicture(icon.bytes).catch(() => null); // not a picture
      if (png !== null) return { png, head: icon.head, foundAt: this.#options.clock.now() };
    }
    return page === null ? old : null;
  }

  /** Null for anything but `200`: who looks at a list of websites wants no reasons. */
  async #get(website: Website, address: string, mostBytes: number, signal: AbortSignal) {
    if (!/^https?:/i.test(address)) return null;
    try {
      const { head, body } = await this.#options.requests.follow(this.#request(website, address), signal);
      if (head.status === 200) return { head, bytes: await readBody(body, head.headers, mostBytes) };
      skipBody(body);
    } catch {
      return null;
    }
    return null;
  }

  #request(website: Website, address: string): FetchRequest {
    const { software, fetchTokenOf } = this.#options;
    const { origin, pathname, search } = new URL(address);
    return {
      origin,
      target: pathname + search,
      headers: { accept: '*/*', 'user-agent': software },
      redirectHosts: website.settings.redirectHosts,
      bypassCaches: false,
      ...tokenFor(website, origin as Origin, fetchTokenOf),
    };
  }
}

function policyOf(head: ResponseHead): Policy {
  return assess(head, { defaultMaxAge: null, heuristicMax: seconds(longestMs / 1000), requestHeaders: {} });
}

/** A picture in the document itself; it is as fresh as the document. */
function inline(link: string, head: ResponseHead | undefined) {
  const [, isBase64, data = ''] = /^data:[^,]*?(;base64)?,(.*)$/is.exec(link) ?? [];
  if (head === undefined || data === '' || data.length > mostIconBytes) return null;
  try {
    return { head, bytes: isBase64 ? Buffer.from(data, 'base64') : Buffer.from(decodeURIComponent(data)) };
  } catch {
    return null; // broken escapes
  }
}
