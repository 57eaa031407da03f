import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { Connections } from '../../src/http/connection/connections.ts';
import { createStrictServer } from '../../src/http/connection/strict-server.ts';
import { milliseconds } from '../../src/model/units.ts';
import { until } from '../harness/until.ts';

/** A server for so many connections, that answers `/now` at once and keeps other requests waiting. */
async function startServer(maxConnections: number) {
  const connections = new Connections();
  const waiting = new Map<string, ServerResponse>();
  const time = milliseconds(60_000);
  const limits = {
    receiveTimeout: time,
    sendTimeout: time,
    maxConnections,
    trustedProxies: [],
    url: 'http://localhost',
  };
  const server = createStrictServer({ ...limits, connections }, (req, res) => {
    if (req.url === '/now') res.end('now');
    else waiting.set(req.url ?? '', res);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  let clients = 0;
  const open = async () => {
    const { port } = server.address() as AddressInfo;
    // Each is another client: one may have a quarter of them.
    const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.1.${++clients}` });
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket.resume();
  };
  const ask = async (socket: Socket, path: string) => {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    if (path === '/now') await once(socket, 'data');
    else await until('it waits', () => waiting.has(path));
  };
  return {
    connections,
    open,
    ask,
    waiting,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a connection more than may be open', () => {
  it('takes the place of the one that was idle for longest, and of none that waits for an answer', async () => {
    await using test = await startServer(3);
    const [busy, first, second] = [await test.open(), await test.open(), await test.open()];
    await test.ask(busy, '/later');
    await test.ask(first, '/now');
    await test.ask(second, '/now');
    await test.ask(first, '/now');
    const ended = once(second, 'close');
    const fourth = await test.open();
    await ended;
    await test.ask(fourth, '/now');
    const answered = once(busy, 'data');
    test.waiting.get('/later')?.end('later');
    await answered;
    // Idle from the answer on, for a shorter time than the others.
    const nextEnded = once(first, 'close');
    await test.open();
    await nextEnded;
    assert.ok(!busy.closed && !fourth.closed);
  });
});

describe('connections that are to end', () => {
  it('are waited for while a request has no answer, however many were answered before', async () => {
    await using test = await startServer(3);
    const socket = await test.open();
    await test.ask(socket, '/now');
    await test.ask(socket, '/later');
    let refused = 0;
    let isOver = false;
    const stopping = test.connections
      .stop(milliseconds(60_000), () => refused++)
      .then(() => {
        isOver = true;
      });
    await test.ask(await test.open(), '/now');
    assert.equal(isOver, false);
    test.waiting.get('/later')?.end();
    await stopping;
    assert.equal(refused, 0);
  });
});
