import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { before, describe, it } from 'node:test';
import sharp from 'sharp';
import { generic } from '../../src/model/consumers.ts';
import { systemTimers } from '../../src/model/timers.ts';
import type { Target } from '../../src/model/website.ts';
import { HeldLease, leaseTtl } from '../../src/store/held-lease.ts';
import { Asking } from '../harness/asking.ts';
import { page } from '../harness/origin.ts';
import { until } from '../harness/until.ts';

const asking = new Asking({ OGPLUS_PATIENCE_MS: '60000' });
const byWidth = `<style>body{background:#f00}@media(max-width:800px){body{background:#00f}}</style><p>Hello`;
let looks = 0;

/** A request that waits for its turn, which another process has, and goes on when it is let go. */
async function waiting() {
  const { store } = asking.test.service;
  const id = { websiteId: asking.website.id, target: asking.target as Target, consumer: generic.name, variant: '' };
  const { lease } = await store.cards.takeTurn(id, leaseTtl);
  assert.ok(lease !== undefined);
  const held = new HeldLease(store.leases, lease, systemTimers);
  looks = 0;
  const answer = asking.ask();
  await until('it waits for its turn', () => looks > 0);
  return { answer, letGo: () => held[Symbol.asyncDispose]() };
}

const change = (settings: object) => asking.test.service.store.websites.changeSettings(asking.website.id, settings);

async function colour(picture: Buffer): Promise<'red' | 'blue'> {
  const { dominant } = await sharp(picture).stats();
  return dominant.r > dominant.b ? 'red' : 'blue';
}

describe('a request from before a change of settings', () => {
  before(() => {
    const { cards } = asking.test.service.store;
    const take = cards.takeTurn.bind(cards);
    cards.takeTurn = (...turn) => {
      looks++;
      return take(...turn);
    };
  });

  it('leaves no card behind that was laid out as before', async () => {
    asking.origin.answer = page({ headers: { 'Cache-Control': 'max-age=600' }, body: byWidth });
    await using _ = { [Symbol.asyncDispose]: async () => void (await change({ viewportWidth: null })) };
    const { answer, letGo } = await waiting();
    await change({ viewportWidth: 700 });
    await letGo();
    assert.equal((await answer).status, 200);
    assert.equal(await colour((await asking.ask()).body), 'blue');
  });

  it('gives later ones nothing that was judged as before', async () => {
    const held: ServerResponse[] = [];
    asking.origin.answer = (_, res) => void held.push(res);
    await using _ = { [Symbol.asyncDispose]: async () => void (await change({ defaultMaxAge: null })) };
    const { answer, letGo } = await waiting();
    await change({ defaultMaxAge: 600 });
    await letGo();
    const send = (res: ServerResponse | undefined) =>
      void res?.writeHead(200, { 'Content-Type': 'text/html' }).end('Hello');
    await until('it fetches', () => held.length === 1);
    looks = 0;
    const later = asking.ask();
    await until('the later one waits for its turn', () => looks > 0);
    send(held[0]);
    assert.equal((await answer).headers['cache-control'], 'no-store');
    await until('the later one fetches', () => held.length === 2);
    send(held[1]);
    assert.equal((await later).headers['cache-control'], 'public, max-age=600');
    assert.equal((await asking.ask()).headers['cache-control'], 'public, max-age=600');
  });
});
