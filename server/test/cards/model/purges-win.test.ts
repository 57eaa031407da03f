/**
 * What an owner of a website may rely on, whatever happens in whatever order. Thousands of random orders of requests for
 * several networks, slow answers of the site, drawings, 304s, failures, purges, settings, a second process, restarts,
 * evictions and a clock that is set back are tried, and each answer is held against a reference that knows only the order
 * of events:
 *
 * 1. Once a purge is answered, nobody who asks gets anything of before it: no picture, no document, no failure.
 * 2. What is sent as fresh is fresh by the page's own words.
 * 3. A drawing that was not ready in time is sent for a moment, is never kept, and never becomes a card.
 * 4. What a page forbids to keep answers nobody who asks later.
 * 5. An older answer of the site never takes the place of a newer one.
 * 6. A page is drawn once at a time for a network.
 * 7. Everybody gets an answer; and with the page purged, the page as it is now.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { PurgeScope } from '../../../src/model/change.ts';
import { type EpochMs, epochMs } from '../../../src/model/units.ts';
import type { Target } from '../../../src/model/website.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { newConnection, newPublicKey } from '../../../src/websites/keys.ts';
import { parseOrigin } from '../../../src/websites/parse.ts';
import { policies } from './origin.ts';
import { startOfTime, targets, World } from './world.ts';

const runs = Number(process.env['OGPLUS_MODEL_RUNS'] ?? 300);
const seed = process.env['OGPLUS_MODEL_SEED'];

const process_ = fc.nat(1);
const which = fc.nat(5);
const target = fc.nat(targets.length - 1);
const scope: fc.Arbitrary<PurgeScope> = fc.oneof(
  fc.constantFrom<PurgeScope>(...targets.map((each) => ({ kind: 'page', target: each }) as const)),
  fc.constantFrom<PurgeScope>({ kind: 'prefix', prefix: '/a' as Target }, { kind: 'website' }),
);

type Step = (world: World) => Promise<void> | void;

/** A step, and how it is shown where a run fails. */
function step(name: string, run: Step): { readonly run: Step; toString(): string } {
  return { run, toString: () => name };
}

const steps = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(process_, target, which)
      .map(([p, t, c]) => step(`ask(${p}, ${t}, ${c})`, (world) => world.ask(p, t, c))),
  },
  { weight: 6, arbitrary: which.map((w) => step(`letGo(${w})`, (world) => world.letGo(w))) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(process_, which, fc.boolean())
      .map(([p, w, complete]) => step(`finish(${p}, ${w}, ${complete})`, (world) => world.finish(p, w, complete))),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(process_, scope)
      .map(([p, s]) => step(`purge(${p}, ${JSON.stringify(s)})`, (world) => world.purge(p, s))),
  },
  {
    weight: 2,
    arbitrary: target.map((t) => step(`edit(${t})`, ({ origin }) => void origin.site(targets[t] ?? '').version++)),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(target, fc.constantFrom(...policies)).map(([t, policy]) =>
      step(`policy(${t}, ${policy.name})`, ({ origin }) => {
        origin.site(targets[t] ?? '').policy = policy;
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(target, fc.constantFrom('page', 'page', 'error', 'gone')).map(([t, behaviour]) =>
      step(`behaviour(${t}, ${behaviour})`, ({ origin }) => {
        origin.site(targets[t] ?? '').behaviour = behaviour;
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(1, 900, 6000, 30_000, 61_000, 700_000)
      .map((ms) => step(`moveClock(${ms})`, (world) => world.moveClock(ms))),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(-2000, -3_600_000).map((ms) => step(`moveClock(${ms})`, (w) => w.moveClock(ms))),
  },
  { weight: 1, arbitrary: process_.map((p) => step(`writeDown(${p})`, (world) => world.writeDown(p))) },
  { weight: 1, arbitrary: process_.map((p) => step(`restart(${p})`, (world) => world.restart(p))) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(process_, fc.boolean())
      .map(([p, equal]) => step(`changeSettings(${p}, ${equal})`, (world) => world.changeSettings(p, equal))),
  },
);

/** Bytes in memory: nothing stays, a few cards do, all do. */
const memory = fc.constantFrom(1, 20_000, 10_000_000);

class ModelClock {
  #now: EpochMs = startOfTime;
  now = () => this.#now;
  set(ms: number): void {
    this.#now = epochMs(ms);
  }
}

describe('a page, whatever happens in whatever order', () => {
  it(`keeps its promises to its owner (${runs} random orders)`, async () => {
    await fc.assert(
      fc.asyncProperty(memory, fc.array(steps, { minLength: 5, maxLength: 60 }), async (memoryCacheBytes, run) => {
        const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'ogplus-model-'));
        const clock = new ModelClock();
        const open = () => openStore(folder, clock);
        const first = await open();
        const keys = { connection: newConnection(), publicKey: newPublicKey() };
        const origin = parseOrigin('https://example.com');
        const website = await first.websites.create({ origin, ...keys, createdAt: clock.now() });
        assert.ok(website !== undefined);
        await first[Symbol.asyncDispose]();
        const world = await World.start({ open, website, clock, memoryCacheBytes });
        try {
          for (const { run: take } of run) {
            await take(world);
            await world.checkStore();
          }
          await world.end();
          await world.showsThePageAsItIs();
        } finally {
          await world.close();
          await rm(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) },
    );
  });
});
