import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { KeptCard } from '../../src/model/card.ts';
import type { Website } from '../../src/model/website.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/ports/store.ts';
import { MovableClock } from './contract/harness.ts';
import { makeWebsite, target } from './contract/samples.ts';
import { dataFolder, pictureFiles } from './harness-sqlite.ts';
import { startProcess } from './processes/start.ts';

const rounds = 12;
const lanes = 3;
const pages = 40;
const purgedLane = 2;

describe('a process that is killed while it keeps cards', () => {
  it('leaves a store that opens, with every picture that a record points at, and all that it said was kept', async () => {
    const random = seeded(20_260_101);
    await using folder = await dataFolder();
    {
      await using store = await openStore(folder.path);
      await makeWebsite(store);
    }
    const last = new Map<string, string>();
    let said = 0;
    for (let round = 0; round < rounds; round++) {
      const heard = await keepUntilKilled(folder.path, round, random);
      for (const [path, responseId] of heard) last.set(path, responseId);
      said += heard.length;
      await using store = await openStore(folder.path);
      await assertWhole(store, last, round);
    }
    assert.ok(said > rounds, `only ${said} cards were kept in all rounds`);
    await assertSweepRemovesLeftovers(folder.path);
  });
});

/** Lets a process keep cards, and kills it at a moment of chance. Gives what it said it had kept. */
async function keepUntilKilled(dataDir: string, round: number, random: () => number): Promise<Array<[string, string]>> {
  const child = await startProcess('keep-cards.ts', dataDir, String(round));
  const heard: Array<[string, string]> = [];
  const hear = (line: IteratorResult<string>): boolean => {
    if (line.done) return false;
    const [path = '', responseId = ''] = line.value.split(' ');
    heard.push([path, responseId]);
    return true;
  };
  child.go();
  const enough = Math.floor(random() * 40);
  for (let count = 0; count < enough; count++) hear(await child.lines.next());
  // Some way into whatever it does next.
  for (let turn = Math.floor(random() * 2000); turn > 0; turn--) await nextTurn();
  child.kill();
  while (hear(await child.lines.next()));
  assert.deepEqual(await child.end, { code: null, signal: 'SIGKILL', errors: '' });
  return heard;
}

async function assertWhole(store: Store, last: ReadonlyMap<string, string>, round: number): Promise<void> {
  const cards = await allCards(store);
  const byPath = new Map(cards.map((card) => [String(card.id.target), card]));
  for (const card of cards) {
    assert.ok(card.outcome.kind === 'picture');
    const bytes = await store.pictures.read(card.outcome.picture);
    assert.ok(bytes !== undefined, `round ${round}: ${card.id.target} has lost its picture`);
  }
  for (const [path, responseId] of last) {
    if (path.startsWith(`/${purgedLane}/`)) continue;
    const kept = byPath.get(path)?.responseId;
    assert.ok(kept !== undefined, `round ${round}: ${path} was kept and is gone`);
    assert.ok(!isOlder(kept, responseId), `round ${round}: ${path} is ${kept}, but ${responseId} had been kept`);
  }
}

async function assertSweepRemovesLeftovers(dataDir: string): Promise<void> {
  await using store = await openStore(dataDir);
  const before = await pictureFiles(dataDir);
  await store.sweep(Number.MAX_SAFE_INTEGER, new MovableClock().move(1));
  const hashes = new Set<string>();
  for (const { outcome } of await allCards(store)) if (outcome.kind === 'picture') hashes.add(outcome.picture.hash);
  const after = await pictureFiles(dataDir);
  assert.deepEqual(after.map((path) => basename(path).replace(/\.\w+$/, '')).sort(), [...hashes].sort());
  assert.ok(before.length > after.length, 'the kills left nothing to sweep');
}

async function allCards(store: Store): Promise<KeptCard[]> {
  const [website] = await store.websites.list();
  assert.ok(website !== undefined);
  const cards: KeptCard[] = [];
  for (let lane = 0; lane < lanes; lane++) {
    for (let page = 0; page < pages; page++) cards.push(...(await cardsOfPath(store, website, `/${lane}/${page}`)));
  }
  return cards;
}

function cardsOfPath(store: Store, website: Website, path: string): Promise<KeptCard[]> {
  return store.cards.ofPage(website.id, target(path));
}

/** Whether the first `{round}-{number}` came before the second. */
function isOlder(first: string, second: string): boolean {
  const [round = 0, number = 0] = first.split('-').map(Number);
  const [otherRound = 0, otherNumber = 0] = second.split('-').map(Number);
  return round < otherRound || (round === otherRound && number < otherNumber);
}

/** Mulberry32: the same kills for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
