import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { type Gate, openGate } from '../../src/origin/gate.ts';
import { createGuard } from '../../src/origin/guard.ts';
import { type Origin, startOrigin } from '../harness/origin.ts';
import { until } from '../harness/until.ts';
import { type Canary, startCanary } from './canary.ts';
import { spellingsOf } from './spellings.ts';

const onLinux = process.platform !== 'linux' && 'only Linux has all of 127.0.0.0/8 without being told';
const opened = '127.0.0.2';

let origin: Origin;
let canary: Canary;
let gate: Gate;
let port: number;

describe('the gate', { skip: onLinux }, () => {
  before(async () => {
    origin = await startOrigin((req, res) => {
      if (req.url === '/large') res.end(Buffer.alloc(300_000));
      else if (req.url === '/large-head') res.writeHead(200, { 'X-Large': 'x'.repeat(40_000) }).end();
      else if (req.url === '/endless-head') res.writeHead(200, { 'X-Large': 'x'.repeat(100_000) }).end();
      else res.end(req.headers.host);
    }, opened);
    port = Number(new URL(origin.url).port);
    canary = await startCanary(['127.0.0.1', '::1'], port);
  });
  after(async () => {
    await origin[Symbol.asyncDispose]();
    await canary[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    origin.heard.length = 0;
    const { allowNetworks } = readConfig({ OGPLUS_ALLOW_NETWORKS: opened });
    gate = await openGate(createGuard(allowNetworks), { bytes: 1_000_000, requests: 500 });
  });
  afterEach(async () => {
    await gate[Symbol.asyncDispose]();
    assert.deepEqual(canary.heard, []);
  });

  /** Everything that the gate answers to bytes as they are written. */
  const say = (text: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(Number(new URL(gate.url).port), '127.0.0.1');
      let said = '';
      socket.on('data', (chunk) => (said += chunk.toString('latin1')));
      socket.on('close', () => resolve(said));
      socket.on('error', () => {}); // told by what was said until then
      if (text.startsWith('CONNECT')) socket.once('data', () => socket.end());
      socket.write(text);
    });
  const get = (url: string, head = '') =>
    say(`GET ${url} HTTP/1.1\r\nHost: x.test\r\nConnection: close\r\n${head}\r\n`);
  const tunnel = (target: string) => say(`CONNECT ${target} HTTP/1.1\r\nHost: x.test\r\n\r\n`);
  const isRefused = (answer: string) => assert.match(answer, /^(HTTP\/1\.1 (400|403|502) |$)/);

  it('lets plain requests and tunnels through to an open address', async () => {
    assert.match(await get(`http://${opened}:${port}/`), /^HTTP\/1\.1 200 /);
    assert.match(await tunnel(`${opened}:${port}`), /^HTTP\/1\.1 200 Connection Established/);
  });

  it('names the host of the address, whatever the request says that it is', async () => {
    assert.match(await get(`http://${opened}:${port}/`), new RegExp(`${opened}:${port}$`));
    assert.equal(origin.heard[0]?.headers.host, `${opened}:${port}`);
  });

  it('passes nothing on that speaks of its own connection', async () => {
    await get(`http://${opened}:${port}/`, 'Proxy-Authorization: Basic eDp5\r\nProxy-Connection: keep-alive\r\n');
    assert.deepEqual(Object.keys(origin.heard[0]?.headers ?? {}), ['host', 'connection']);
  });

  for (const address of ['127.0.0.1', '0.0.0.0', '127.1.2.3']) {
    it(`refuses ${address} in every spelling, asked for and tunnelled to`, async () => {
      for (const spelling of spellingsOf(address).filter((one) => /^[!-~]+$/.test(one))) {
        isRefused(await get(`http://${spelling}:${port}/`));
        isRefused(await tunnel(`${spelling}:${port}`));
      }
    });
  }

  for (const target of [
    `[::1]:PORT`,
    '[::ffff:127.0.0.1]:PORT',
    '[::ffff:7f00:1]:PORT',
    '[64:ff9b::7f00:1]:PORT',
    '[::1%25lo]:PORT',
    '[::1%lo]:PORT',
    'localhost:PORT',
    'LOCALHOST.:PORT',
    'x.localhost:PORT',
    '127.0.0.2@127.0.0.1:PORT',
    '127.0.0.1:PORT@127.0.0.2:PORT',
    '127.0.0.2:PORT#@127.0.0.1:PORT',
    '127.0.0.2\\@127.0.0.1:PORT',
    '127.0.0.1\\.127.0.0.2:PORT',
    '127.0.0.2%2f@127.0.0.1:PORT',
    '127.0.0.2%00.127.0.0.1:PORT',
  ]) {
    it(`refuses ${target}, asked for and tunnelled to`, async () => {
      const written = target.replaceAll('PORT', `${port}`);
      isRefused(await get(`http://${written}/`));
      isRefused(await tunnel(written));
    });
  }

  for (const target of [
    '/',
    '*',
    'file:///etc/passwd',
    'FILE:///etc/passwd',
    'ftp://127.0.0.2/',
    'https://127.0.0.2/',
    'ws://127.0.0.2/',
    '//127.0.0.1/',
    '\\\\localhost\\etc\\passwd',
    'http:127.0.0.2',
    'http:/127.0.0.2/',
    'http://127.0.0.2:22/',
    'http://user:password@127.0.0.2/',
    '',
  ]) {
    it(`asks for nothing at "${target}"`, async () => isRefused(await get(target)));
  }

  it('tunnels to no port of other services', async () => {
    for (const target of [
      `${opened}:22`,
      `${opened}:25`,
      `${opened}:0`,
      `${opened}:99999`,
      `${opened}:${port}/@127.0.0.1:${port}`,
      opened,
      ':443',
      '',
    ]) {
      isRefused(await tunnel(target));
    }
  });

  it('is not reached through itself', async () => {
    await using loop = await openGate(createGuard(readConfig({ OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8' }).allowNetworks));
    const own = new URL(loop.url).host;
    gate[Symbol.asyncDispose](); // the one that the other tests ask
    gate = loop;
    isRefused(await get(`http://${own}/`));
    isRefused(await get(`http://localhost:${new URL(loop.url).port}/`));
    isRefused(await get(`http://127.9.9.9:${new URL(loop.url).port}/`));
    isRefused(await tunnel(own));
  });

  it('takes the heads that the fetcher takes, and none without an end', async () => {
    assert.match(await get(`http://${opened}:${port}/large-head`), /^HTTP\/1\.1 200 /);
    isRefused(await get(`http://${opened}:${port}/endless-head`));
    assert.match(await get(`http://${opened}:${port}/`, `X: ${'x'.repeat(100_000)}\r\n`), /^HTTP\/1\.1 431 /);
  });

  it('cuts a page off that has had its bytes, until the next page begins', async () => {
    const large = `http://${opened}:${port}/large`;
    for (let count = 0; count < 3; count++) assert.ok((await get(large)).length > 300_000);
    await get(large);
    isRefused(await get(large));
    isRefused(await tunnel(`${opened}:${port}`));
    gate.renew();
    assert.match(await get(large), /^HTTP\/1\.1 200 /);
  });

  it('cuts a tunnel whose page has had its bytes', async () => {
    const requests = `GET /large HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(20);
    const said = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(gate.url).port), '127.0.0.1');
      let all = '';
      socket.once('data', () => socket.write(requests));
      socket.on('data', (chunk) => (all += chunk.toString('latin1')));
      socket.on('error', () => {}); // cut
      socket.on('close', () => resolve(all));
      socket.write(`CONNECT ${opened}:${port} HTTP/1.1\r\nHost: x\r\n\r\n`);
    });
    assert.ok(said.length < 2_000_000, `${said.length} bytes got through`);
    isRefused(await get(`http://${opened}:${port}/`));
  });

  it('cuts a page off that has had its requests', async () => {
    await using strict = await openGate(createGuard(readConfig({ OGPLUS_ALLOW_NETWORKS: opened }).allowNetworks), {
      bytes: 1_000_000,
      requests: 3,
    });
    await gate[Symbol.asyncDispose]();
    gate = strict;
    for (let count = 0; count < 2; count++) assert.match(await get(`http://${opened}:${port}/`), /^HTTP\/1\.1 200 /);
    assert.match(await tunnel(`${opened}:${port}`), /^HTTP\/1\.1 200 /);
    isRefused(await get(`http://${opened}:${port}/`));
    isRefused(await tunnel(`${opened}:${port}`));
    gate.renew();
    assert.match(await get(`http://${opened}:${port}/`), /^HTTP\/1\.1 200 /);
    gate.cut();
    isRefused(await get(`http://${opened}:${port}/`));
  });

  it('holds no more connections than a browser opens', async () => {
    const sockets = Array.from({ length: 150 }, () => connect(Number(new URL(gate.url).port), '127.0.0.1'));
    let closed = 0;
    for (const socket of sockets) socket.on('error', () => {}).on('close', () => closed++);
    await until('those past the limit are closed', () => closed >= 50);
    assert.equal(closed, 50);
    for (const socket of sockets) socket.destroy();
  });
});
