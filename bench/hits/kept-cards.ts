import { randomBytes } from 'node:crypto';
import { assessPage } from '../../server/src/cards/assess-page.ts';
import type { HeaderLines } from '../../server/src/model/policy.ts';
import { epochMs, seconds } from '../../server/src/model/units.ts';
import { openStore } from '../../server/src/store/open-store.ts';
import { drawn } from '../../server/test/store/contract/samples.ts';
import { addWebsites } from '../websites.ts';

interface KeptCards {
  readonly origin: string;
  /** The pages, as `/card`. */
  readonly paths: readonly string[];
  /** What they answered when they were drawn. */
  readonly headers: HeaderLines;
  /** Of each picture. */
  readonly bytes: number;
}

/**
 * Keeps cards in the data folder of a service that does not run, as if they had been drawn now.
 * Returns the path of the website's cards on the service, to which a page's path is appended.
 */
export async function keepCards(dataDir: string, { origin, paths, headers, bytes }: KeptCards): Promise<string> {
  const [keys] = await addWebsites(dataDir, [origin]);
  await using store = await openStore(dataDir);
  const website = keys && (await store.websites.byPublicKey(keys.publicKey));
  if (website === undefined) throw new Error(`The website ${origin} was not added.`);
  const now = epochMs(Date.now());
  const picture = randomBytes(bytes);
  for (const path of paths) {
    const { card } = drawn(website, path, { bytes: picture, receivedAt: now, responseId: path });
    const head = { url: origin + path, status: 200, headers, requestTime: now, responseTime: now };
    const policy = assessPage(head, [], {
      maxAgeTag: undefined,
      defaultMaxAge: null,
      heuristicMax: seconds(600),
      requestHeaders: {},
    });
    await store.cards.keep({ ...card, head, policy, versionTag: null }, picture);
  }
  return `/api/websites/v1/domain/${website.publicKey}/image`;
}
