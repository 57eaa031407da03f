import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { Problem } from '../../src/model/problem.ts';
import { milliseconds, systemClock } from '../../src/model/units.ts';
import { createFetcher, type Fetcher } from '../../src/origin/fetch.ts';
import { type Gate, openGate } from '../../src/origin/gate.ts';
import { createGuard, type Guard } from '../../src/origin/guard.ts';
import { readAtOnce } from '../harness/documents.ts';
import { type Origin, page, startOrigin } from '../harness/origin.ts';
import { type Canary, startCanary } from './canary.ts';
import { type NameServer, type Records, startNameServer } from './name-server.ts';

const onLinux = process.platform !== 'linux' && 'only Linux has all of 127.0.0.0/8 without being told';

// The origin is the only address that is opened; the canary listens on the same port of others.
const opened = '127.0.0.2';
const canaryAt = ['127.0.0.1', '127.0.0.3', '::1'];

const names: Readonly<Record<string, Records | ((before: number) => Records)>> = {
  'origin.test': { addresses: [opened] },
  'alias.test': { cname: 'origin.test' },
  'loopback.test': { addresses: ['127.0.0.1'] },
  'loopback6.test': { addresses: ['::1'] },
  'mapped.test': { addresses: ['::ffff:127.0.0.1'] },
  'nat64.test': { addresses: ['64:ff9b::7f00:1'] },
  '6to4.test': { addresses: ['2002:7f00:1::1'] },
  'alias-of-loopback.test': { cname: 'loopback.test' },
  'far-alias.test': { cname: 'alias-of-loopback.test' },
  'metadata.google.internal': { addresses: ['169.254.169.254'] },
  'instance-data.test': { addresses: ['fd00:ec2::254'] },
  'mixed.test': { addresses: ['8.8.8.8', '127.0.0.1'] },
  'mixed-other-way.test': { addresses: ['127.0.0.1', '8.8.8.8'] },
  'mixed-families.test': { addresses: ['8.8.8.8', '::1'] },
  'mixed-metadata.test': { addresses: ['2606:4700:4700::1111', '169.254.169.254'] },
  'opened-and-closed.test': { addresses: [opened, '127.0.0.1', '127.0.0.3', '::1'] },
  'closed-and-opened.test': { addresses: ['127.0.0.1', '::1', opened] },
  'rebinding.test': (before) => ({ addresses: [before === 0 ? opened : '127.0.0.1'] }),
  'rebinding-6.test': (before) => ({ addresses: [before === 0 ? opened : '::1'] }),
  'flipping.test': (before) => ({ addresses: [before % 2 === 0 ? '127.0.0.1' : opened] }),
  'rebinding-alias.test': (before) => ({ cname: before === 0 ? 'origin.test' : 'loopback.test' }),
};

describe('a host name', { skip: onLinux }, () => {
  let server: NameServer;
  let origin: Origin;
  let canary: Canary;
  let guard: Guard;
  let fetcher: Fetcher;
  let gate: Gate;
  let port: number;

  before(async () => {
    server = await startNameServer((name, earlier) => {
      const records = names[name];
      return typeof records === 'function' ? records(earlier) : records;
    });
    const closing = { headers: { Connection: 'close' } }; // so that each request asks for the name again
    origin = await startOrigin(page(closing), opened);
    port = Number(new URL(origin.url).port);
    canary = await startCanary(canaryAt, port);
  });
  beforeEach(async () => {
    origin.heard.length = 0;
    server.asked.length = 0;
    const { allowNetworks } = readConfig({ OGPLUS_ALLOW_NETWORKS: opened });
    guard = createGuard(allowNetworks, server.lookUp);
    const timeout = milliseconds(5000);
    fetcher = createFetcher({ guard, clock: systemClock, timeout, maxDocumentBytes: 1_000_000, read: readAtOnce });
    gate = await openGate(guard);
  });
  after(async () => {
    for (const part of [server, origin, canary]) await part[Symbol.asyncDispose]();
  });

  /** The two ways out, each asked for the name; what came of it in a word. */
  const waysOut: Readonly<Record<string, (host: string) => Promise<string>>> = {
    async fetcher(host) {
      const what = {
        origin: `http://${host}:${port}`,
        target: '/',
        headers: {},
        bypassCaches: false,
        redirectHosts: [],
      };
      const fetched = await fetcher.fetch(what).catch((error: Problem) => error);
      return fetched instanceof Problem ? fetched.type : 'reached';
    },
    gate: async (host) => ((await throughGate('GET', `http://${host}:${port}/`)) === 200 ? 'reached' : 'refused'),
    tunnel: async (host) => ((await throughGate('CONNECT', `${host}:${port}`)) === 200 ? 'reached' : 'refused'),
  };
  const throughGate = (method: string, path: string) =>
    new Promise<number | undefined>((resolve) => {
      const { hostname: host, port: at } = new URL(gate.url);
      const asked = request({ host, port: at, method, path, agent: false });
      asked.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('connect', (response, socket) => {
        socket.destroy();
        resolve(response.statusCode);
      });
      asked.on('error', () => resolve(undefined));
      asked.end();
    });

  const settleDown = async () => {
    await fetcher[Symbol.asyncDispose]();
    await gate[Symbol.asyncDispose]();
    assert.deepEqual(canary.heard, [], 'the canary heard nothing');
  };

  for (const [way, reach] of Object.entries(waysOut)) {
    for (const name of ['origin.test', 'ORIGIN.test', 'origin.test.', 'alias.test']) {
      it(`that leads to an open address is reached: ${name}, by the ${way}`, async () => {
        assert.equal(await reach(name), 'reached');
        await settleDown();
      });
    }
    for (const name of Object.keys(names).filter((one) =>
      /loopback|mapped|nat64|6to4|alias-of|far|meta|inst|^mixed/.test(one),
    )) {
      it(`that leads to a closed address is refused: ${name}, by the ${way}`, async () => {
        assert.notEqual(await reach(name), 'reached');
        assert.equal(await reach(`${name}.`), await reach(name));
        await settleDown();
      });
    }
    for (const name of ['opened-and-closed.test', 'closed-and-opened.test']) {
      it(`whose addresses are partly opened is connected to at those alone: ${name}, by the ${way}`, async () => {
        for (let round = 0; round < 4; round++) assert.equal(await reach(name), 'reached');
        await settleDown();
      });
    }
    for (const name of ['rebinding.test', 'rebinding-6.test', 'rebinding-alias.test']) {
      it(`that changes to a closed address between two look-ups is not followed there: ${name}, by the ${way}`, async () => {
        const before = server.asked.length;
        const all = [await reach(name), await reach(name), await reach(name)];
        assert.deepEqual(
          all.map((one) => one === 'reached'),
          [true, false, false],
        );
        assert.equal(server.asked.length - before, 3, 'each connection goes to what one look-up said');
        await settleDown();
      });
    }
    it(`that flips back and forth is reached at the open address alone, by the ${way}`, async () => {
      const all = [];
      for (let round = 0; round < 6; round++) all.push((await reach('flipping.test')) === 'reached');
      assert.deepEqual(all, [false, true, false, true, false, true]);
      await settleDown();
    });
  }

  it('that is public and closed at once is refused with the closed address', async () => {
    await assert.rejects(guard.resolve('mixed.test', 80), /127\.0\.0\.1 is a loopback address/);
    await settleDown();
  });

  it('that does not exist is no address to open', async () => {
    await assert.rejects(guard.resolve('nothing.test', 80), /The host name nothing\.test has no address/);
    await settleDown();
  });
});
