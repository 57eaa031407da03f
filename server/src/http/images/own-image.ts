import type { NamedImage, ReadImage } from '../../cards/inspect/named-image.ts';
import type { HostName, Origin, Website } from '../../model/website.ts';
import type { Websites } from '../../store/ports/websites.ts';
import { ignoredParametersOf } from '../../websites/ignored-parameters.ts';
import { parsePageUrl, parseTarget } from '../../websites/parse.ts';
import { parseImageAddress } from './image-address.ts';

export interface OwnImageOptions {
  /** The public base address of the service. */
  readonly url: string;
  readonly connectionDomain: string;
  /** The known websites; undefined if there is no store: addresses are then judged by their form alone. */
  readonly websites: Pick<Websites, 'byConnection' | 'byPublicKey' | 'byOwnHost'> | undefined;
}

/** Recognises our image addresses, and the page and website that they are of. */
export function readOwnImage({ url: service, connectionDomain, websites }: OwnImageOptions): ReadImage {
  /** Another service's key is unknown here, which proves nothing. */
  const isForeign = (host: string) => websites === undefined || host !== new URL(service).host;

  return async (url) => {
    const raw = url.pathname + url.search;
    const address = parseImageAddress(url.host, raw, connectionDomain);
    if (address === undefined) {
      const website = await websites?.byOwnHost(url.hostname as HostName); // as the URL standard spells it
      return website === undefined ? { kind: 'foreign' } : cardOf(website.origin, raw, website);
    }
    if (address.kind === 'wrongly-signed') return nothing('Its signature is malformed.');
    if (address.key === undefined) return nothing('It names no website.');
    if (address.kind === 'connection') {
      if (websites === undefined) return cardOf(null, address.rest);
      const website = await websites.byConnection(address.key);
      return website === undefined
        ? nothing(`No website has the connection "${address.key}".`)
        : cardOf(website.origin, address.rest, website);
    }
    const website = address.kind === 'own-host' ? undefined : await websites?.byPublicKey(address.key);
    if (website === undefined && !isForeign(url.host))
      return nothing('No website has its key, or the key was revoked.');
    const origin = website?.origin ?? null;
    return address.kind === 'signed' ? signedCard(origin, address.rest) : cardOf(origin, address.rest, website);
  };
}

function nothing(why: string): NamedImage {
  return { kind: 'nothing', why };
}

function cardOf(origin: Origin | null, rest: string, website?: Website): NamedImage {
  const ignored = ignoredParametersOf(website);
  const target = parseTarget(rest, ignored)?.target;
  return target === undefined ? nothing('Its path is invalid.') : { kind: 'card', origin, target, ignored };
}

/** As in `card-request.ts`: a path is one of the key's own website. */
function signedCard(origin: Origin | null, query: string): NamedImage {
  const page = new URLSearchParams(query).get('url') ?? '';
  const whole = page.startsWith('/') ? (origin ?? 'https://unknown.invalid') + page : page;
  try {
    const named = parsePageUrl(whole);
    return { kind: 'card', origin: page.startsWith('/') ? origin : named.origin, target: named.target, ignored: [] };
  } catch {
    return nothing(`Its url "${page}" is neither a page address nor a path.`);
  }
}
