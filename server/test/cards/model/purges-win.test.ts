/**
 * What an owner of a website may rely on, whatever happens in whatever order. Thousands of random orders of requests for
 * several networks and by hand, slow answers of the site, drawings, 304s, failures, purges, settings, a second process, restarts,
 * evictions and a clock that is set back are tried, and each answer is held against a reference that knows only the order
 * of events:
 *
 * 1. Once a purge is answered, nobody who asks gets anything of before it: no picture, no document, no failure.
 * 2. What is sent as fresh is fresh by the page's own words.
 * 3. A drawing that was not ready in time is sent for a moment, is never kept, and never becomes a card.
 * 4. What a page forbids to keep answers nobody who asks later.
 * 5. An older answer of the site never takes the place of a newer one.
 * 6. A page is drawn once at a time for a network, by one of all processes; one that was killed is replaced.
 * 7. Everybody gets an answer; and with the page purged, the page as it is now.
 */
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openStore } from '../../../src/store/open-store.ts';
import { ModelClock, makeModelWebsite, tryOrders } from './orders.ts';

const runs = Number(process.env['OGPLUS_MODEL_RUNS'] ?? 300);

describe('a page, whatever happens in whatever order', () => {
  it(`keeps its promises to its owner (${runs} random orders)`, async () => {
    // A data folder with the website in it, copied for each order.
    const origin = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'ogplus-model-'));
    try {
      const store = await openStore(origin, { clock: new ModelClock() });
      const website = await makeModelWebsite(store);
      await store[Symbol.asyncDispose]();
      await tryOrders(runs, async (clock) => {
        const folder = await mkdtemp(`${origin}-`);
        await cp(origin, folder, { recursive: true });
        return {
          website,
          open: () => openStore(folder, { clock }),
          [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
        };
      });
    } finally {
      await rm(origin, { recursive: true, force: true });
    }
  });
});
