import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Queue } from '../../src/concurrency/queue.ts';
import { Problem, type ProblemType } from '../../src/model/problem.ts';
import { milliseconds } from '../../src/model/units.ts';
import { startOrigin } from '../harness/origin.ts';
import { until } from '../harness/until.ts';
import { html, startTestRenderer } from '../render/harness.ts';

const failedWith = (type: ProblemType) => (error: unknown) => error instanceof Problem && error.type === type;

/** Work that ends when it is told to. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { work: () => promise, end: resolve };
}

describe('the queue', () => {
  it('lets so much work run at once and starts the rest in the order it came', async () => {
    const queue = new Queue(2, 10);
    const order: number[] = [];
    const works = [0, 1, 2, 3].map(() => held());
    const all = works.map(({ work }, n) =>
      queue.run(() => {
        order.push(n);
        return work();
      }),
    );
    await until('two run', () => order.length === 2);
    assert.equal(queue.waiting, 2);
    works[1]?.end();
    await all[1];
    await until('the third runs', () => order.length === 3);
    for (const { end } of works) end();
    await Promise.all(all);
    assert.deepEqual(order, [0, 1, 2, 3]);
    assert.equal(queue.running, 0);
  });

  it('turns away at once what it has no room for, and says when to come again', async () => {
    const queue = new Queue(1, 1);
    const first = held();
    const running = queue.run(first.work);
    const waiting = queue.run(async () => {});
    await assert.rejects(
      queue.run(async () => {}),
      (error) => {
        assert.ok(error instanceof Problem && error.type === 'queue-full');
        assert.equal(typeof error.facts['retryAfter'], 'number');
        return true;
      },
    );
    first.end();
    await Promise.all([running, waiting]);
  });

  it('ends a wait that took too long as the turn says', async () => {
    const queue = new Queue(1, 1);
    const first = held();
    const running = queue.run(first.work);
    const late = new Problem('origin-too-slow', 'Too late.');
    const longest = { wait: milliseconds(0), tooLate: () => late };
    await assert.rejects(
      queue.run(async () => {}, { longest }),
      late,
    );
    first.end();
    await running;
  });

  it('lets partitions take turns, however much each of them wants', async () => {
    const queue = new Queue(1, 100);
    const order: string[] = [];
    const first = held();
    const all = [queue.run(first.work, { partition: 'flood' })];
    const want = (partition: string, name: string) =>
      all.push(queue.run(async () => void order.push(name), { partition }));
    for (const n of [1, 2, 3, 4, 5]) want('flood', `flood ${n}`);
    want('second', 'second 1');
    want('second', 'second 2');
    want('third', 'third 1');
    first.end();
    await Promise.all(all);
    assert.deepEqual(order, ['flood 1', 'second 1', 'third 1', 'flood 2', 'second 2', 'flood 3', 'flood 4', 'flood 5']);
  });

  it('that is full makes room for who has less waiting, and turns away the newest of who has most', async () => {
    const queue = new Queue(1, 3);
    const first = held();
    const order: string[] = [];
    const want = (partition: string, name: string) => queue.run(async () => void order.push(name), { partition });
    const running = queue.run(first.work, { partition: 'flood' });
    const flood = [1, 2, 3].map((n) => want('flood', `flood ${n}`));
    const turnedAway = assert.rejects(flood[2] ?? Promise.resolve(), failedWith('queue-full'));
    const other = want('other', 'other');
    await turnedAway;
    // Two of one and one of the other: neither may take from the other now.
    await assert.rejects(want('flood', 'too many'), failedWith('queue-full'));
    await assert.rejects(want('other', 'too many'), failedWith('queue-full'));
    assert.equal(queue.waiting, 3);
    first.end();
    await Promise.all([running, other, ...flood.slice(0, 2)]);
    assert.deepEqual(order, ['flood 1', 'other', 'flood 2']);
    assert.deepEqual([queue.waiting, queue.running], [0, 0]);
  });

  it('lets go of who no longer wants to wait', async () => {
    const queue = new Queue(1, 1);
    const first = held();
    const running = queue.run(first.work);
    const abort = new AbortController();
    const waiting = queue.run(() => Promise.reject(new Error('It ran all the same.')), { signal: abort.signal });
    abort.abort();
    await assert.rejects(waiting, failedWith('stopping'));
    assert.equal(queue.waiting, 0);
    await assert.rejects(
      queue.run(async () => {}, { signal: abort.signal }),
      failedWith('stopping'),
    );
    first.end();
    await running;
  });

  it('turns away what has waited for long', async () => {
    const queue = new Queue(1, 2, milliseconds(20));
    const first = held();
    const running = queue.run(first.work);
    await assert.rejects(
      queue.run(async () => {}),
      failedWith('queue-full'),
    );
    assert.equal(queue.waiting, 0);
    first.end();
    await running;
    assert.equal(await queue.run(async () => 'in time'), 'in time');
  });

  it('makes room when work fails', async () => {
    const queue = new Queue(1, 1);
    await assert.rejects(queue.run(() => Promise.reject(new Error('no'))));
    assert.equal(await queue.run(async () => 'yes'), 'yes');
  });

  it('stops: who waits is turned away, who runs is waited for', async () => {
    const queue = new Queue(1, 5);
    const first = held();
    const running = queue.run(first.work);
    const waiting = queue.run(async () => {});
    queue.stop();
    await assert.rejects(waiting, failedWith('stopping'));
    await assert.rejects(
      queue.run(async () => {}),
      failedWith('stopping'),
    );
    let isIdle = false;
    const idle = queue.idle().then(() => {
      isIdle = true;
    });
    await Promise.resolve();
    assert.equal(isIdle, false);
    first.end();
    await Promise.all([running, idle]);
  });
});

describe('a renderer with more to do than it may', () => {
  it('turns cards away and counts those that wait', async () => {
    let release = () => {};
    const free = new Promise<void>((resolve) => {
      release = resolve;
    });
    await using origin = await startOrigin((_, res) => void free.then(() => res.writeHead(404).end()));
    await using renderer = await startTestRenderer({ renderers: 1, queueLimit: 2 });
    const draw = () => renderer.draw(`${origin.url}/page`, html('<img src="/held">'));
    const accepted = [draw(), draw(), draw()];
    await until('the first one loads', () => origin.heard.length === 1);
    assert.deepEqual([renderer.started, renderer.waiting], [1, 2]);
    await assert.rejects(draw(), failedWith('queue-full'));
    release();
    await Promise.all(accepted);
    assert.deepEqual([renderer.started, renderer.waiting], [3, 0]);
  });
});
