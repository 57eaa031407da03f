import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { ogplus, type Served, serve } from '../../harness/command.ts';
import { page, startOrigin } from '../../harness/origin.ts';
import { until } from '../../harness/until.ts';

const limits = {
  OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
  OGPLUS_RENDERERS: '1',
  OGPLUS_FETCH_TIMEOUT_MS: '120000',
  OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '100000',
  OGPLUS_CLIENT_RENDERS_PER_MINUTE: '100000',
};

const cacheable = { 'Cache-Control': 'max-age=600' };

/** A website of the services, and what asks one of them for its cards. */
async function websiteOf(env: Record<string, string>, origin: string) {
  const made = await ogplus(['site', 'create', origin, '--json'], { ...limits, ...env });
  const { publicKey } = JSON.parse(made.stdout) as { publicKey: string };
  return async ({ address }: Served, path: string) => {
    const response = await fetch(`${address}/api/websites/v1/domain/${publicKey}/image${path}`);
    const { status, headers } = response;
    return { status, etag: headers.get('etag'), body: Buffer.from(await response.arrayBuffer()) };
  };
}

async function metric({ address }: Served, name: string): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const [, value] = new RegExp(`^${name} (\\d+)$`, 'm').exec(text) ?? assert.fail(`There is no metric ${name}.`);
  return Number(value);
}

/**
 * What two real services that share a store do together.
 * @param place the settings of each, by number.
 */
export function oneForAll(what: string, place: (number: number) => Record<string, string>): void {
  let services: Served[] = [];
  before(async () => {
    services = await Promise.all([0, 1].map((number) => serve({ ...limits, ...place(number) })));
  });
  after(async () => {
    for (const service of services) service.signal('SIGKILL');
    for (const service of services) await service.ended;
  });

  describe(`1,000 requests for one cold card, spread over ${what}`, () => {
    it('cost one fetch and one render, and all get its picture', async () => {
      const allWait = Promise.withResolvers<void>();
      const answer = page({ headers: cacheable });
      await using origin = await startOrigin((req, res) => void allWait.promise.then(() => answer(req, res)));
      const ask = await websiteOf(place(0), origin.url);
      const asking = Promise.all(services.flatMap((one) => Array.from({ length: 500 }, () => ask(one, '/cold'))));
      for (const service of services)
        await until('all of them wait', async () => (await metric(service, 'ogplus_requests_waiting')) === 500);
      allWait.resolve();
      const answers = await asking;
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
      assert.equal(new Set(answers.map(({ etag }) => etag)).size, 1);
      assert.equal(origin.heard.length, 1, services.map((service) => service.output()).join('\n'));
      const renders = await Promise.all(services.map((service) => metric(service, 'ogplus_renders_total')));
      assert.deepEqual(renders.toSorted(), [0, 1]);
    });
  });

  describe(`a process that is killed while it draws a card, of ${what}`, () => {
    it('is replaced by one that waits', async () => {
      const drawing = Promise.withResolvers<void>();
      let pictures = 0;
      const html = page({ headers: cacheable, body: '<img src="/held.svg" width="100" height="100">' });
      const picture = (_: IncomingMessage, res: ServerResponse) => {
        drawing.resolve();
        if (pictures++ === 0) return; // never answered: the first process is in the middle of its render
        res.writeHead(200, { 'Content-Type': 'image/svg+xml' });
        res.end('<svg xmlns="http://www.w3.org/2000/svg"/>');
      };
      await using origin = await startOrigin((req, res) => (req.url === '/held.svg' ? picture : html)(req, res));
      const ask = await websiteOf(place(0), origin.url);
      const [first, second] = services;
      assert.ok(first && second);
      const rendered = await metric(second, 'ogplus_renders_total');
      const lost = ask(first, '/').catch(() => 'lost');
      await drawing.promise;
      const card = ask(second, '/');
      await until('the second waits', async () => (await metric(second, 'ogplus_requests_waiting')) === 1);
      assert.equal(origin.heard.filter(({ target }) => target === '/').length, 1);
      first.signal('SIGKILL');
      assert.equal(await lost, 'lost');
      assert.equal((await card).status, 200);
      assert.equal(origin.heard.filter(({ target }) => target === '/').length, 2);
      assert.equal(await metric(second, 'ogplus_renders_total'), rendered + 1);
      assert.equal((await ask(second, '/')).status, 200);
      assert.equal(origin.heard.filter(({ target }) => target === '/').length, 2);
    });
  });
}
