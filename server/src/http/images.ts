import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cards } from '../cards/cards.ts';
import { consumerNamed, consumerOf } from '../cards/consumers.ts';
import { type CardRequest, firstLanguage } from '../cards/request.ts';
import { Failure } from '../errors.ts';
import type { ChangeFeed } from '../store/change-feed.ts';
import type { Directory } from '../websites/directory.ts';
import { parseTarget } from '../websites/parse.ts';
import type { Website } from '../websites/website.ts';
import { type ImageAddress, parseImageAddress } from './image-address.ts';
import { sendAnswer, sendFailure } from './image-response.ts';
import type { Tally } from './tally.ts';

export interface ImagesOptions {
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
      const request = cardRequest(req, address, await findWebsite(directory, address));
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
        res.writeHead(405, { Allow: 'GET, HEAD', 'Cache-Control': 'no-store' }).end();
        return true;
      }
      feed.follow();
      const website = address.key === undefined ? undefined : directory.known(address.key);
      const answer = website === undefined ? undefined : cards.fromMemory(cardRequest(req, address, website));
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
  const found =
    address.key === undefined
      ? undefined
      : await (address.kind === 'connection'
          ? directory.byConnection(address.key)
          : directory.byPublicKey(address.key));
  if (found === undefined) throw new Failure('unknown-website', 'No website has this key.');
  return found;
}

function cardRequest(req: IncomingMessage, address: ImageAddress, website: Website): CardRequest {
  const parsed = parseTarget(address.rest);
  if (parsed === undefined) throw new Failure('malformed-address', 'The path or the query cannot be read.');
  const chosen = parsed.options.get('ogplus_consumer');
  const consumer = chosen === null ? consumerOf(req.headers['user-agent']) : consumerNamed(chosen);
  if (consumer === undefined) throw new Failure('malformed-address', `There is no consumer "${chosen}".`);
  return { website, target: parsed.target, consumer, language: firstLanguage(req.headers['accept-language']) };
}
