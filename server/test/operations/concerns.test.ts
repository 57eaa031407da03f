import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { epochMs, milliseconds } from '../../src/model/units.ts';
import { concernsOf, type Looked } from '../../src/operations/concerns.ts';
import type { KnownNode } from '../../src/operations/node-reporting.ts';
import type { NodeStatus } from '../../src/operations/node-status.ts';

const GB = 1_000_000_000;
const at = epochMs(Date.UTC(2026, 0, 1));

const well: NodeStatus = {
  name: 'one',
  version: '1.0.0',
  runtime: 'v24',
  startedAt: at,
  requests: { waiting: 0, connections: 10, mostConnections: 1000, workers: 0 },
  drawing: {
    places: 2,
    drawing: 1,
    waiting: 0,
    queueLimit: 128,
    started: 5,
    browser: {
      state: 'running',
      failure: null,
      product: 'HeadlessChrome/153',
      place: '/browser',
      running: 1,
      exits: 0,
      sandboxed: true,
      asRoot: false,
      memory: GB / 10,
      memoryLimit: GB,
    },
  },
  memory: { service: GB / 10, workers: 0, limit: 8 * GB },
  disk: { free: 50 * GB, total: 100 * GB },
  swept: null,
  errors: [],
};
const node = (status: NodeStatus | null = well, more: Partial<KnownNode> = {}): KnownNode => ({
  id: status?.name ?? 'x',
  isThis: true,
  at,
  alive: true,
  status,
  ...more,
});
const looked = (nodes: readonly KnownNode[], more: Partial<Looked> = {}): Looked => ({
  nodes,
  store: { database: 'sqlite', version: '3', bytes: 1, latency: milliseconds(1), pictureBytes: 0 },
  pictureBytes: 0,
  pictureBudget: 10 * GB,
  ...more,
});
const browser = (more: Partial<NodeStatus['drawing']['browser']>) => ({
  ...well,
  drawing: { ...well.drawing, browser: { ...well.drawing.browser, ...more } },
});
const drawing = (more: Partial<NodeStatus['drawing']>) => ({ ...well, drawing: { ...well.drawing, ...more } });

describe('what the owner of the service should look at', () => {
  it('is nothing where all is well, with a browser that rests too', () => {
    assert.deepEqual(concernsOf(looked([node()])), []);
    assert.deepEqual(concernsOf(looked([node(browser({ state: 'resting', running: 0 }))])), []);
  });

  for (const [what, status, level, says] of [
    [
      'a browser that does not start',
      browser({ state: 'failing', failure: 'no file' }),
      'bad',
      /does not start: no file/,
    ],
    ['a browser as root without its sandbox', browser({ asRoot: true, sandboxed: false }), 'bad', /as root/],
    ['browsers near their memory', browser({ memory: 0.95 * GB }), 'hint', /memory that they are allowed/],
    ['a full queue', drawing({ waiting: 128 }), 'bad', /queue is full: 128/],
    ['a long queue', drawing({ waiting: 65 }), 'hint', /65 cards wait/],
    [
      'a machine without memory',
      { ...well, memory: { ...well.memory, service: 7.9 * GB } },
      'bad',
      /Nearly all memory/,
    ],
    ['a full disk', { ...well, disk: { free: GB / 10, total: GB } }, 'bad', /^100 MB free/],
    [
      'a disk with less room than the pictures may take',
      { ...well, disk: { free: 5 * GB, total: 100 * GB } },
      'hint',
      /5000 MB/,
    ],
    ['a data folder that is away', { ...well, disk: null }, 'bad', /cannot be read/],
    ['many connections', { ...well, requests: { ...well.requests, connections: 950 } }, 'hint', /950 of 1000/],
  ] as const) {
    it(`is ${what}`, () => {
      const [concern, ...others] = concernsOf(looked([node(status)]));
      assert.deepEqual([concern?.level, others.length, concern?.node], [level, 0, null]);
      assert.match(concern?.says ?? '', says);
      assert.match(concern?.mend ?? '', /\S/);
    });
  }

  it('is a queue only where it is long for its renderers', () => {
    assert.deepEqual(concernsOf(looked([node(drawing({ waiting: 20 }))])), []);
  });

  it('counts the pictures that are kept as room that they may take', () => {
    const status = { ...well, disk: { free: 5 * GB, total: 100 * GB } };
    assert.deepEqual(concernsOf(looked([node(status)], { pictureBytes: 6 * GB })), []);
  });

  it('is a database that does not answer, or slowly', () => {
    assert.match(concernsOf(looked([node()], { store: { failure: 'gone' } }))[0]?.says ?? '', /not answer: gone$/);
    const slow = {
      database: 'postgres',
      version: '15',
      bytes: 1,
      latency: milliseconds(250),
      pictureBytes: 0,
    } as const;
    assert.match(concernsOf(looked([node()], { store: slow }))[0]?.says ?? '', /takes 250 ms/);
  });

  it('names the machine where there are several, what does not work first', () => {
    const other = node({ ...browser({ state: 'failing', failure: 'x' }), name: 'two', version: '2.0.0' });
    const silent = node({ ...well, name: 'three' }, { alive: false });
    const found = concernsOf(looked([node(), other, silent, node(null)]));
    assert.deepEqual(
      found.map(({ level, node }) => [level, node]),
      [
        ['bad', 'two'],
        ['hint', 'three'],
        ['hint', null],
      ],
    );
    assert.match(found[1]?.says ?? '', /^three has not reported since 2026-01-01T/);
    assert.match(found[2]?.says ?? '', /1\.0\.0, 2\.0\.0, another one/);
  });
});
