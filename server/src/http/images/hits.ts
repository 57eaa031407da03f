import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Hits } from '../../cards/hits.ts';
import { oncePerTurn } from '../../concurrency/once-per-turn.ts';
import type { Store } from '../../store/ports/store.ts';
import type { Directory, WebsiteName } from '../../websites/directory.ts';
import { bringsBody } from '../connection/request-line.ts';
import { type CardRequestOptions, cardRequest, type ImageRequest } from './card-request.ts';
import type { ImageAddress } from './image-address.ts';
import { sendCard } from './image-response.ts';
import { type ReadAddress, ReadAddresses } from './read-addresses.ts';

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
      const isKnown = await loadWebsite(directory, address.kind, address.key).catch(() => false); // the store failed
      const read = addresses.read(req);
      const request = isKnown && read !== undefined ? requestOf(req, read) : undefined;
      if (request !== undefined) await hits.learn(request);
    },
  };
}

async function loadWebsite(directory: Directory, kind: ImageAddress['kind'], key: WebsiteName): Promise<boolean> {
  const { byConnection, byOwnHost, byPublicKey } = {
    byConnection: () => directory.byConnection(key as Parameters<Directory['byConnection']>[0]),
    byOwnHost: () => directory.byOwnHost(key as Parameters<Directory['byOwnHost']>[0]),
    byPublicKey: () => directory.byPublicKey(key as Parameters<Directory['byPublicKey']>[0]),
  };
  const found = await (kind === 'connection' ? byConnection() : kind === 'own-host' ? byOwnHost() : byPublicKey());
  return found !== undefined;
}
