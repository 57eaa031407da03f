import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { forwarder } from '../../src/http/workers/forward.ts';

/** A worker that passes everything on to a service, which answers as it is told. */
async function startWorker(answer: RequestListener) {
  const folder = await mkdtemp(join(tmpdir(), 'ogplus-forward-'));
  const socket = join(folder, 'service.sock');
  const service = createServer(answer).listen(socket);
  const { forward, ...passing } = forwarder({
    service: socket,
    onSent: () => {},
    onFailure: (_, res) => void res.writeHead(503).end(),
  });
  const worker = createServer(forward).listen(0, '127.0.0.1');
  await Promise.all([service, worker].map((server) => once(server, 'listening')));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = async (method: string, body = '') => {
    const { port } = worker.address() as AddressInfo;
    const asked = request({ port, agent, method, host: '127.0.0.1', path: '/' }).end(body);
    const [answered] = await once(asked, 'response');
    return `${answered.statusCode} ${await text(answered)}`;
  };
  return {
    ask,
    async [Symbol.asyncDispose]() {
      agent.destroy();
      passing[Symbol.dispose]();
      for (const server of [worker, service] as Server[]) {
        server.closeAllConnections();
        server.close();
      }
      await rm(folder, { recursive: true });
    },
  };
}

describe('a connection that the service closes at the moment in which a worker uses it again', () => {
  for (const [method, body, expected] of [
    ['GET', '', '200 answer 3'],
    ['POST', 'a body that was sent', '503 '],
  ] as const) {
    it(`${expected === '503 ' ? 'fails' : 'does not fail'} a ${method}`, async () => {
      let heard = 0;
      const used = new WeakSet<object>();
      await using worker = await startWorker((req, res) => {
        heard++;
        if (used.has(req.socket)) return void req.socket.destroy();
        used.add(req.socket);
        res.end(`answer ${heard}`);
      });
      assert.equal(await worker.ask('GET'), '200 answer 1');
      assert.equal(await worker.ask(method, body), expected);
    });
  }
});
