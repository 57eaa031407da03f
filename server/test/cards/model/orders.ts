import fc from 'fast-check';
import type { PurgeScope } from '../../../src/model/change.ts';
import { type EpochMs, epochMs } from '../../../src/model/units.ts';
import type { Target, Website } from '../../../src/model/website.ts';
import type { Store } from '../../../src/store/ports/store.ts';
import { newConnection, newPublicKey } from '../../../src/websites/keys.ts';
import { parseOrigin } from '../../../src/websites/parse.ts';
import { policies } from './origin.ts';
import { consumers, startOfTime, targets, World } from './world.ts';

// What happens to one page, for one network, in one process, finds most; the others are there to be mistaken for it.
const mostlyFirst = (most: number) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(most) });
const process_ = mostlyFirst(1);
const target = mostlyFirst(targets.length - 1);
const consumer = mostlyFirst(consumers.length - 1);
const scope: fc.Arbitrary<PurgeScope> = fc.oneof(
  fc.constantFrom<PurgeScope>(...targets.map((each) => ({ kind: 'page', target: each }) as const)),
  fc.constantFrom<PurgeScope>({ kind: 'prefix', prefix: '/a' as Target }, { kind: 'website' }),
);

type Step = (world: World) => Promise<void> | void;

/** A step, and how it is shown where a run fails. */
function step(name: string, run: Step): { readonly run: Step; toString(): string } {
  return { run, toString: () => name };
}

const setBack = fc
  .constantFrom(-2000, -3_600_000)
  .map((ms) => step(`moveClock(${ms})`, (world) => world.moveClock(ms)));

const forwards = [
  {
    weight: 8,
    arbitrary: fc
      .tuple(process_, target, consumer)
      .map(([p, t, c]) => step(`ask(${p}, ${t}, ${c})`, (world) => world.ask(p, t, c))),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(process_, target, consumer)
      .map(([p, t, c]) => step(`drawNow(${p}, ${t}, ${c})`, (world) => world.drawNow(p, t, c))),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(process_, target).map(([p, t]) => step(`crowd(${p}, ${t})`, (world) => world.crowd(p, t))),
  },
  {
    // The page is asked for its 304.
    weight: 3,
    arbitrary: fc.tuple(process_, target).map(([p, t]) =>
      step(`crowdLater(${p}, ${t})`, async (world) => {
        await world.moveClock(61_000);
        await world.crowd(p, t);
      }),
    ),
  },
  {
    weight: 12,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom(0, 0, 0, 1, 2, 5), fc.constantFrom(true, true, false)), {
        minLength: 1,
        maxLength: 4,
      })
      .map((each) =>
        step(`goOn(${JSON.stringify(each)})`, async (world) => {
          for (const [w, complete] of each) await world.goOn(w, complete);
        }),
      ),
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
      .constantFrom(900, 6000, 61_000, 61_000, 700_000)
      .map((ms) => step(`moveClock(${ms})`, (world) => world.moveClock(ms))),
  },
  { weight: 1, arbitrary: process_.map((p) => step(`writeDown(${p})`, (world) => world.writeDown(p))) },
  { weight: 1, arbitrary: process_.map((p) => step(`restart(${p})`, (world) => world.restart(p))) },
  { weight: 1, arbitrary: process_.map((p) => step(`kill(${p})`, (world) => world.kill(p))) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(process_, fc.boolean())
      .map(([p, equal]) => step(`changeSettings(${p}, ${equal})`, (world) => world.changeSettings(p, equal))),
  },
];

const orders = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.oneof(...forwards), { minLength: 5, maxLength: 40 }) },
  // Once a clock was set back, times no longer tell which of two responses is newer.
  {
    weight: 1,
    arbitrary: fc.array(fc.oneof(...forwards, { weight: 1, arbitrary: setBack }), { minLength: 5, maxLength: 40 }),
  },
);

/** Bytes in memory: nothing stays, a few cards do, all do. */
const memory = fc.constantFrom(1, 20_000, 10_000_000);

export class ModelClock {
  #now: EpochMs = startOfTime;
  now = () => this.#now;
  set(ms: number): void {
    this.#now = epochMs(ms);
  }
}

/** The website that all orders are about. */
export async function makeModelWebsite(store: Store): Promise<Website> {
  const keys = { connection: newConnection(), publicKey: newPublicKey() };
  const origin = parseOrigin('https://example.com');
  const website = await store.websites.create({ origin, ...keys, createdAt: startOfTime });
  if (website === undefined) throw new Error('The website is there already.');
  return website;
}

/** A store with the website in it, and nothing else. */
export interface ModelData extends AsyncDisposable {
  readonly website: Website;
  /** Opens it, as another process does. */
  open(): Promise<Store>;
  /** Whether a store is at work. */
  isBusy?(): boolean;
}

/** Tries random orders. @param prepare makes the data of one order. */
export async function tryOrders(runs: number, prepare: (clock: ModelClock) => Promise<ModelData>): Promise<void> {
  const seed = process.env['OGPLUS_MODEL_SEED'];
  const property = fc.asyncProperty(memory, orders, async (memoryCacheBytes, order) => {
    const clock = new ModelClock();
    await using data = await prepare(clock);
    const { website } = data;
    const options = { open: () => data.open(), isBusy: () => data.isBusy?.() ?? false };
    const world = await World.start({ ...options, website, clock, memoryCacheBytes });
    try {
      for (const { run } of order) {
        await run(world);
        await world.checkStore();
      }
      await world.end();
      await world.showsThePageAsItIs();
    } finally {
      await world.close();
    }
  });
  await fc.assert(property, { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) });
}
