import type { NamedImage } from '../../cards/inspect/named-image.ts';
import type { Origin, Website } from '../../model/website.ts';
import { ignoredParametersOf } from '../../websites/ignored-parameters.ts';
import { parsePageUrl, parseTarget } from '../../websites/parse.ts';
import { parseImageAddress } from './image-address.ts';

/** What an address refers to by its form alone, where nobody knows the websites. */
export function imageByForm(url: URL, connectionDomain: string): NamedImage {
  const address = parseImageAddress(url.host, url.pathname + url.search, connectionDomain);
  if (address === undefined) return { kind: 'foreign' };
  if (address.kind === 'wrongly-signed') return drawsNothing('Its signature is malformed.');
  if (address.key === undefined) return drawsNothing('It names no website.');
  return address.kind === 'signed' ? signedCard(null, address.rest) : cardOf(null, address.rest);
}

export function drawsNothing(why: string): NamedImage {
  return { kind: 'nothing', why };
}

/** @param rest path and query of a connection or domain address. */
export function cardOf(origin: Origin | null, rest: string, website?: Website): NamedImage {
  const ignored = ignoredParametersOf(website);
  const target = parseTarget(rest, ignored)?.target;
  return target === undefined ? drawsNothing('Its path is invalid.') : { kind: 'card', origin, target, ignored };
}

/** As in `card-request.ts`: a path is one of the key's own website. */
export function signedCard(origin: Origin | null, query: string): NamedImage {
  const page = new URLSearchParams(query).get('url') ?? '';
  const whole = page.startsWith('/') ? (origin ?? 'https://unknown.invalid') + page : page;
  try {
    const named = parsePageUrl(whole);
    return { kind: 'card', origin: page.startsWith('/') ? origin : named.origin, target: named.target, ignored: [] };
  } catch {
    return drawsNothing(`Its url "${page}" is neither a page address nor a path.`);
  }
}
