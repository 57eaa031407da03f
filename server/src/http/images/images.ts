import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cards } from '../../cards/cards.ts';
import type { CardRequest } from '../../cards/request.ts';
import { oncePerTurn } from '../../concurrency/once-per-turn.ts';
import type { CacheStatus, CardResponse } from '../../model/card-response.ts';
import { Problem } from '../../model/problem.ts';
import { isFault, StoreUnreachable } from '../../model/store-unreachable.ts';
import type { Website } from '../../model/website.ts';
import type { Store } from '../../store/ports/store.ts';
import type { Attributes, Tracing } from '../../tracing/tracing.ts';
import type { Usage } from '../../usage/usage.ts';
import type { Directory } from '../../websites/directory.ts';
import { methodNotAllowed } from '../allowed-methods.ts';
import { bringsBody } from '../connection/request-line.ts';
import type { Tally } from '../tally.ts';
import {
  askedCard,
  type CardRequestOptions,
  cardRequest,
  type ImageRequest,
  revokedSignature,
  wrongSignature,
} from './card-request.ts';
import { sendFallback } from './fallback.ts';
import type { ImageAddress } from './image-address.ts';
import { formatCacheStatus, goneFailure, sendCard, sendFailure } from './image-response.ts';
import { type ReadAddress, ReadAddresses } from './read-addresses.ts';
import { websiteAt } from './website-at.ts';

export interface ImagesOptions extends CardRequestOptions {
  readonly cards: Cards;
  readonly directory: Directory;
  readonly store: Store;
  readonly tally: Tally;
  readonly usage: Usage;
  readonly connectionDomain: string;
  /** Whether cards are sent while it is unknown which were purged. */
  readonly sendsUntrusted: boolean;
  /** The public base address. */
  readonly url: string;
  /** Undefined where nobody wants traces. */
  readonly tracing: Tracing | undefined;
  /** Called with errors that are not a `Problem`: bugs of ours. */
  readonly onFault: (error: unknown, request: IncomingMessage) => void;
}

/** @param known what is asked for, where its website is in memory. */
type Later = (
  req: IncomingMessage,
  res: ServerResponse,
  read: ReadAddress,
  known: ImageRequest | undefined,
  note?: (more: Attributes) => void,
) => Promise<void>;

/**
 * Handles image addresses on the bare server, before any router: a path must reach the origin as it was written, and a
 * fresh card is one map lookup and one write.
 * Returns false for other requests.
 */
export function imageHandler(options: ImagesOptions): (req: IncomingMessage, res: ServerResponse) => boolean {
  const { cards, directory, store, tally, usage, url, tracing, secretKeyOf, trustedProxies } = options;
  const addresses = new ReadAddresses(options);
  const catchUp = oncePerTurn(() => store.changes.catchUp());

  const fail = (req: IncomingMessage, res: ServerResponse, error: unknown): void => {
    tally.failed(error instanceof Problem ? error.type : 'internal');
    if (isFault(error)) options.onFault(error, req);
    if (!res.headersSent) sendFailure(req, res, error, url);
    else res.destroy();
  };

  const countResponse = ({ website, consumer }: CardRequest, response: CardResponse): void => {
    tally.answered(response);
    // A page that is gone has no card.
    if (response.card.outcome.kind === 'gone') usage.failed(website.id, consumer.name);
    else usage.answered(website.id, consumer.name, response);
  };

  /** Sends the error, or the website's fallback picture if it has one and the error concerns a card. */
  const failKindly = async (
    req: IncomingMessage,
    res: ServerResponse,
    error: unknown,
    request: CardRequest | undefined,
    cacheStatus?: CacheStatus,
  ): Promise<void> => {
    if (res.writableEnded) return; // already answered: the service is stopping
    if (request !== undefined) usage.failed(request.website.id, request.consumer.name);
    const picture = request?.website.settings.fallbackPicture;
    const bytes =
      picture && error instanceof Problem ? await store.pictures.read(picture).catch(() => undefined) : undefined;
    if (!picture || bytes === undefined || !(error instanceof Problem) || res.headersSent) return fail(req, res, error);
    tally.failed(error.type);
    sendFallback(req, res, error, picture, bytes, cacheStatus);
  };

  const requestOf = async (req: IncomingMessage, { address }: ReadAddress): Promise<ImageRequest> => {
    const asOf = store.changes.newest;
    const asked = askedCard(address, await findWebsite(directory, address), secretKeyOf);
    return cardRequest(req, asked, asOf, trustedProxies);
  };

  const later: Later = async (req, res, read, known, note) => {
    tally.waiting++;
    let request = known;
    try {
      request ??= await requestOf(req, read);
      const response = await cards.respond(request, catchUp());
      if (res.writableEnded) return; // already answered: the service is stopping
      const { outcome } = response.card;
      if (outcome.kind === 'gone' && request.website.settings.fallbackPicture !== null)
        return await failKindly(req, res, goneFailure(outcome.status), request, response.cacheStatus);
      if (response.cacheStatus.forwardStatus === 304) addresses.remember(read); // its card is kept
      countResponse(request, response);
      note?.({ 'ogplus.cache_status': formatCacheStatus(response.cacheStatus) });
      sendCard(req, res, response, { url, variesByAgent: request.variesByAgent });
    } catch (error) {
      await failKindly(req, res, error, request);
    } finally {
      tally.waiting--;
    }
  };

  /** A fresh card from memory needs no span: there is nothing to tell of it. */
  const traced =
    (of: Tracing): Later =>
    async (req, res, read, known) => {
      const attributes = { 'http.request.method': req.method ?? '', 'server.address': req.headers.host ?? '' };
      await of.span('card', attributes, async (note) => {
        await later(req, res, read, known, note);
        note({ 'http.response.status_code': res.statusCode });
      });
    };
  const answerLater = tracing === undefined ? later : traced(tracing);

  return (req, res) => {
    const isCurrent = catchUp();
    const read = addresses.read(req);
    if (read === undefined) return false;
    try {
      const hasBody = bringsBody(req);
      if (hasBody) res.shouldKeepAlive = false; // the body is not read
      if (req.method !== 'GET' && req.method !== 'HEAD') throw methodNotAllowed('GET, HEAD');
      if (hasBody) throw new Problem('malformed-address', 'A request for an image must not have a body.');
      if (!isCurrent && !options.sendsUntrusted) throw new StoreUnreachable('failed');
      const asked = addresses.asked(read);
      const request = asked && cardRequest(req, asked, store.changes.newest, trustedProxies);
      const response = request && cards.fromMemory(request, isCurrent);
      if (request === undefined || response === undefined) {
        void answerLater(req, res, read, request);
        return true;
      }
      addresses.remember(read);
      countResponse(request, response);
      sendCard(req, res, response, { url, variesByAgent: request.variesByAgent });
    } catch (error) {
      fail(req, res, error);
    }
    return true;
  };
}

async function findWebsite(directory: Directory, address: ImageAddress): Promise<Website> {
  if (address.kind === 'wrongly-signed') throw wrongSignature();
  const found = await websiteAt(directory, address);
  if (found !== undefined) return found;
  if (address.kind === 'signed' && (await directory.isRevoked(address.key))) throw revokedSignature();
  throw new Problem('unknown-website', 'No website has this key.');
}
