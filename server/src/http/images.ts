import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cards } from '../cards/cards.ts';
import { Failure } from '../errors.ts';
import type { ChangeFeed } from '../store/change-feed.ts';
import type { Directory } from '../websites/directory.ts';
import type { Website } from '../websites/website.ts';
import { type CardRequestOptions, cardRequest, revokedSignature, wrongSignature } from './card-request.ts';
import { type ImageAddress, parseImageAddress } from './image-address.ts';
import { sendAnswer, sendFailure } from './image-response.ts';
import { bringsBody } from './request-line.ts';
import type { Tally } from './tally.ts';

export interface ImagesOptions extends CardRequestOptions {
  readonly cards: Cards;
  readonly directory: Directory;
  readonly feed: ChangeFeed;
  readonly tally: Tally;
  readonly connectionDomain: string;
  /** The public base address. */
  readonly url: string;
  /** Told of what is no `Failure`: a fault of ours. */
  readonly onFault: (error: unknown, request: IncomingMessage) => void;
}

/**
 * Answers image addresses on the bare server, before any router: a path must reach the origin as it was written, and
 * a fresh card is one map lookup and one write.
 * Gives false for requests that are not for an image.
 */
export function imageHandler(options: ImagesOptions): (req: IncomingMessage, res: ServerResponse) => boolean {
  const { cards, directory, feed, tally, url } = options;

  const fail = (req: IncomingMessage, res: ServerResponse, error: unknown): void => {
    tally.failed(error instanceof Failure ? error.slug : 'internal');
    if (!(error instanceof Failure)) options.onFault(error, req);
    if (!res.headersSent) sendFailure(req, res, error, url);
    else res.destroy();
  };

  const later = async (req: IncomingMessage, res: ServerResponse, address: ImageAddress): Promise<void> => {
    tally.waiting++;
    try {
      const request = cardRequest(req, address, await findWebsite(directory, address), options);
      const answer = await cards.answer(request);
      tally.answered(answer.served);
      sendAnswer(req, res, answer, url);
    } catch (error) {
      fail(req, res, error);
    } finally {
      tally.waiting--;
    }
  };

  return (req, res) => {
    const address = parseImageAddress(req.headers.host ?? '', req.url ?? '/', options.connectionDomain);
    if (address === undefined) return false;
    try {
      if (req.method !== 'GET' && req.method !== 'HEAD') {
        res.shouldKeepAlive = !bringsBody(req);
        res.writeHead(405, { Allow: 'GET, HEAD', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
        res.end();
        return true;
      }
      if (bringsBody(req)) {
        res.shouldKeepAlive = false; // nobody reads it
        throw new Failure('malformed-address', 'An image is asked for without a body.');
      }
      feed.follow();
      const website = address.key === undefined ? undefined : directory.known(address.key);
      const answer = website === undefined ? undefined : cards.fromMemory(cardRequest(req, address, website, options));
      if (answer === undefined) {
        void later(req, res, address);
        return true;
      }
      tally.answered(answer.served);
      sendAnswer(req, res, answer, url);
    } catch (error) {
      fail(req, res, error);
    }
    return true;
  };
}

async function findWebsite(directory: Directory, address: ImageAddress): Promise<Website> {
  if (address.kind === 'wrongly-signed') throw wrongSignature();
  const found =
    address.key === undefined
      ? undefined
      : await (address.kind === 'connection'
          ? directory.byConnection(address.key)
          : directory.byPublicKey(address.key));
  if (found !== undefined) return found;
  if (address.kind === 'signed' && (await directory.isRevoked(address.key))) throw revokedSignature();
  throw new Failure('unknown-website', 'No website has this key.');
}
