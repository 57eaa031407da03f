import type { IncomingMessage } from 'node:http';
import { type CardRequest, firstLanguage } from '../../cards/request.ts';
import { type Consumer, consumerNamed, consumerOf, everyNetwork, generic } from '../../model/consumers.ts';
import type { Network } from '../../model/network.ts';
import { Problem } from '../../model/problem.ts';
import type { PublicKey, SecretKey, Target, Website } from '../../model/website.ts';
import { ignoredParametersOf } from '../../websites/ignored-parameters.ts';
import { parseTarget } from '../../websites/parse.ts';
import { isSignatureOf } from '../../websites/signature.ts';
import { clientIp, networkOf } from '../connection/client-address.ts';
import { readPageUrl } from '../connection/parse-input.ts';
import type { ImageAddress } from './image-address.ts';

/** The secret key that signs addresses with this public key. */
export type SecretKeyOf = (publicKey: PublicKey) => SecretKey;

export interface CardRequestOptions {
  readonly secretKeyOf: SecretKeyOf;
  /** Proxies that are trusted to pass on the client's address. */
  readonly trustedProxies: readonly Network[];
}

/** The card that an image address requests. */
export interface ImageRequest extends CardRequest {
  /** Whether another network gets another picture at the same address. */
  readonly variesByAgent: boolean;
}

/** What an image address means, whoever requests it. */
export interface AskedCard {
  readonly website: Website;
  readonly target: Target;
  /** The consumer whose card it is; undefined where the requester's network decides. */
  readonly consumer: Consumer | undefined;
}

/**
 * What an image address of this website means.
 * @throws {Problem} `malformed-address`, `wrong-signature`.
 */
export function askedCard(address: ImageAddress, website: Website, secretKeyOf: SecretKeyOf): AskedCard {
  const { target, chosen } =
    address.kind === 'signed' ? signedPage(address, website, secretKeyOf(address.key)) : ownPage(address.rest, website);
  const { oneCard } = website.settings;
  if (chosen === null && !oneCard) return { website, target, consumer: undefined };
  const named = consumerNamed(chosen ?? generic.name);
  if (named === undefined) throw new Problem('malformed-address', `There is no consumer "${chosen}".`);
  return { website, target, consumer: oneCard && named === generic ? everyNetwork : named };
}

/** The card for this request. @param asOf as in `CardRequest`. */
export function cardRequest(
  req: IncomingMessage,
  asked: AskedCard,
  asOf: number,
  trustedProxies: readonly Network[],
): ImageRequest {
  const { website, target } = asked;
  const { 'user-agent': agent, 'accept-language': languages } = req.headers;
  return {
    website,
    asOf,
    target,
    consumer: asked.consumer ?? consumerOf(agent),
    variesByAgent: asked.consumer === undefined,
    language: firstLanguage(languages),
    client: () => networkOf(clientIp(req, trustedProxies)),
  };
}

interface AskedPage {
  readonly target: Target;
  /** The consumer named in the address, null without one. */
  readonly chosen: string | null;
}

function ownPage(rest: string, website: Website): AskedPage {
  const parsed = parseTarget(rest, ignoredParametersOf(website));
  if (parsed === undefined) throw new Problem('malformed-address', 'The path or query is invalid.');
  return { target: parsed.target, chosen: parsed.options.get('ogplus_consumer') || null };
}

/**
 * A signed address may name any page; one of the website itself, by path or by absolute URL, is the same page as at its
 * other addresses.
 */
function signedPage(
  { signature, rest }: ImageAddress & { kind: 'signed' },
  website: Website,
  secretKey: SecretKey,
): AskedPage {
  if (!isSignatureOf(secretKey, signature, rest)) throw wrongSignature();
  const query = new URLSearchParams(rest);
  const { origin, target } = readPageUrl(wholeUrl(query.get('url') ?? '', website));
  return {
    target: origin === website.origin ? target : ((origin + target) as Target),
    chosen: query.get('consumer') || null,
  };
}

/**
 * The page's absolute URL. A path is appended to the website's origin, not resolved against it: `//host/x` would resolve
 * to another host (RFC 3986 §4.2), and is a path with an empty first segment here.
 */
function wholeUrl(url: string, { origin }: Website): string {
  if (url.startsWith('/')) return origin + url;
  if (URL.canParse(url)) return url;
  const why = `"${url}" is neither a page address such as https://example.com/page nor a path such as /page.`;
  throw new Problem('malformed-address', why);
}

export function wrongSignature(): Problem {
  return new Problem('wrong-signature', 'The signature does not match this path and query.');
}

export function revokedSignature(): Problem {
  return new Problem('wrong-signature', 'The key that signed this address was revoked.');
}
