import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Queue } from '../../src/concurrency/queue.ts';
import { milliseconds } from '../../src/model/units.ts';

/** A queue with a clock that is moved, and work that ends when it is told to. */
function startQueue(places: number) {
  let now = 0;
  const queue = new Queue(places, 100, milliseconds(60_000), () => now);
  const running = new Map<string, () => void>();
  const begin = (name: string, partition: string, own?: number) => {
    const work = () => new Promise<void>((resolve) => running.set(name, resolve));
    return queue.run(work, { partition, ...(own !== undefined && { ownTime: () => own }) });
  };
  return {
    begin,
    move: (ms: number) => {
      now += ms;
    },
    runs: (name: string) => running.has(name),
    async end(name: string) {
      running.get(name)?.();
      running.delete(name);
      await turn();
    },
    /** One piece of work that takes so long, of which so much is its own. */
    async done(partition: string, ms: number, own?: number) {
      const done = begin('once', partition, own);
      await turn();
      now += ms;
      running.get('once')?.();
      running.delete('once');
      await done;
    },
  };
}

describe('a website whose cards take long', () => {
  it('leaves half of the places to the others', async () => {
    const queue = startQueue(2);
    await queue.done('quiet', 200);
    await queue.done('hostile', 12_000);
    const all = [queue.begin('one', 'hostile'), queue.begin('two', 'hostile'), queue.begin('card', 'quiet')];
    await turn();
    assert.deepEqual(['one', 'two', 'card'].map(queue.runs), [true, false, true]);
    await queue.end('card');
    assert.equal(queue.runs('two'), false);
    await queue.end('one');
    assert.equal(queue.runs('two'), true);
    await queue.end('two');
    await Promise.all(all);
  });

  it('shares that half with all of its like', async () => {
    const queue = startQueue(2);
    await queue.done('quiet', 200);
    for (const hostile of ['h1', 'h2', 'h3']) await queue.done(hostile, 12_000);
    const all = ['h1', 'h2', 'h3'].map((hostile) => queue.begin(hostile, hostile));
    await turn();
    assert.deepEqual(['h1', 'h2', 'h3'].map(queue.runs), [true, false, false]);
    for (const hostile of ['h1', 'h2', 'h3']) await queue.end(hostile);
    await Promise.all(all);
  });

  it('is one like the others again after a while', async () => {
    const queue = startQueue(2);
    await queue.done('quiet', 200);
    await queue.done('hostile', 12_000);
    queue.move(100_000);
    const all = [queue.begin('one', 'hostile'), queue.begin('two', 'hostile')];
    await turn();
    assert.deepEqual(['one', 'two'].map(queue.runs), [true, true]);
    for (const name of ['one', 'two']) await queue.end(name);
    await Promise.all(all);
  });

  it('has all places where it is alone', async () => {
    const queue = startQueue(2);
    await queue.done('alone', 12_000);
    const all = [queue.begin('one', 'alone'), queue.begin('two', 'alone')];
    await turn();
    assert.deepEqual(['one', 'two'].map(queue.runs), [true, true]);
    for (const name of ['one', 'two']) await queue.end(name);
    await Promise.all(all);
  });

  it('is not told from others on a machine where all take long', async () => {
    const queue = startQueue(2);
    await queue.done('a', 5000);
    await queue.done('b', 12_000);
    const all = [queue.begin('one', 'b'), queue.begin('two', 'b')];
    await turn();
    assert.deepEqual(['one', 'two'].map(queue.runs), [true, true]);
    for (const name of ['one', 'two']) await queue.end(name);
    await Promise.all(all);
  });

  it('is one like the others where that was not its own fault', async () => {
    const queue = startQueue(2);
    await queue.done('quiet', 200);
    await queue.done('unlucky', 12_000, 200);
    const all = [queue.begin('one', 'unlucky'), queue.begin('two', 'unlucky')];
    await turn();
    assert.deepEqual(['one', 'two'].map(queue.runs), [true, true]);
    for (const name of ['one', 'two']) await queue.end(name);
    await Promise.all(all);
  });

  it('gives others a place besides while its cards take too many, and one of its own when these have ended', async () => {
    const queue = startQueue(2);
    await queue.done('quiet', 200);
    const late = ['h1', 'h2'].map((hostile) => queue.begin(hostile, hostile));
    const next = [queue.begin('another', 'h1'), queue.begin('card', 'quiet')];
    queue.move(3001);
    next.push(queue.begin('second card', 'quiet')); // looks for places
    await turn();
    assert.deepEqual(['another', 'card', 'second card'].map(queue.runs), [false, true, false]);
    await queue.end('card');
    assert.deepEqual(['another', 'second card'].map(queue.runs), [false, true]);
    await queue.end('h2');
    assert.equal(queue.runs('another'), false);
    await queue.end('h1');
    assert.equal(queue.runs('another'), true);
    for (const name of ['another', 'second card']) await queue.end(name);
    await Promise.all([...late, ...next]);
  });

  it('rests between its cards where there is one place only', async () => {
    const queue = startQueue(1);
    await queue.done('quiet', 200);
    await queue.done('hostile', 12_000);
    const all = [queue.begin('one', 'hostile'), queue.begin('card', 'quiet')];
    await turn();
    assert.deepEqual(['one', 'card'].map(queue.runs), [false, true]);
    queue.move(36_000);
    await queue.end('card');
    assert.equal(queue.runs('one'), true);
    await queue.end('one');
    await Promise.all(all);
  });
});
