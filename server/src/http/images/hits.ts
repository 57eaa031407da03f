import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hits } from '../../cards/hits.ts';
import { oncePerTurn } from '../../concurrency/once-per-turn.ts';
import type { Store } from '../../store/ports/store.ts';
import type { Directory } from '../../websites/directory.ts';
import { bringsBody } from '../connection/request-line.ts';
import { type CardRequestOptions, cardRequest, type ImageRequest } from './card-request.ts';
import { sendCard } from './image-response.ts';
import { type ReadAddress, ReadAddresses } from './read-addresses.ts';
import { websiteAt } from './website-at.ts';

export interface HitHandlerOptions extends CardRequestOptions {
  readonly hits: Hits;
  readonly directory: Directory;
  readonly store: Store;
  readonly connectionDomain: string;
  /** The public base address. */
  readonly url: string;
}

export interface HitHandler {
  /** Sends the card if it is fresh in memory; returns false for every other request. */
  send(req: IncomingMessage, res: ServerResponse): boolean;
  /** After the service sent a card for this request: the next one may find it in memory. Never rejects. */
  learn(req: IncomingMessage): Promise<void>;
}

/** Image requests in a process that sends fresh cards and leaves all else to the service. */
export function hitHandler(options: HitHandlerOptions): HitHandler {
  const { hits, directory, store, url, trustedProxies } = options;
  const addresses = new ReadAddresses(options);

  /** Undefined where the service has to say what is wrong. */
  const requestOf = (req: IncomingMessage, read: ReadAddress): ImageRequest | undefined => {
    try {
      const asked = addresses.asked(read);
      return asked && cardRequest(req, asked, store.changes.newest, trustedProxies);
    } catch {
      return undefined;
    }
  };

  const catchUp = oncePerTurn(() => store.changes.catchUp());
  return {
    send(req, res) {
      if (!catchUp()) return false;
      if ((req.method !== 'GET' && req.method !== 'HEAD') || bringsBody(req)) return false;
      const read = addresses.read(req);
      const request = read && requestOf(req, read);
      const response = request && hits.fromMemory(request);
      if (read === undefined || request === undefined || response === undefined) return false;
      addresses.remember(read);
      sendCard(req, res, response, { url, variesByAgent: request.variesByAgent });
      return true;
    },
    async learn(req) {
      const address = addresses.read(req)?.address;
      if (address?.key === undefined) return;
      const website = await websiteAt(directory, address).catch(() => undefined); // the store failed
      const read = addresses.read(req);
      const request = website !== undefined && read !== undefined ? requestOf(req, read) : undefined;
      if (request !== undefined) await hits.learn(request);
    },
  };
}
