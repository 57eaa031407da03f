import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { apiKeyOf, secretKeyOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import type { Website } from '../../src/websites/website.ts';
import { startTestService, type TestService } from '../harness/service.ts';

interface Operation {
  readonly 'x-access'?: { readonly who: string };
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly in: string; readonly required?: boolean }>;
  readonly requestBody?: unknown;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

let test: TestService;
let own: Website;
let other: Website;
let routes: readonly Route[];
const keys = new Map<string, string>();

before(async () => {
  test = await startTestService();
  own = await test.website('https://own.example');
  other = await test.website('https://other.example');
  const master = await masterKey(test.dataDir);
  for (const { id, publicKey } of [own, other]) {
    keys.set(String(id), `Bearer ${apiKeyOf(publicKey, secretKeyOf(master, publicKey))}`);
  }
  const response = await fetch(`${test.service.address}/api/v1/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, Operation>> };
  routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
});
after(() => test[Symbol.asyncDispose]());

/** Calls the route for the website, with nothing in it that would pass its schema. */
async function call({ method, path, operation }: Route, website: Website, authorization?: string): Promise<number> {
  const filled = path.replace('{websiteId}', String(website.id)).replace(/\{\w+\}/g, 'nothing');
  const response = await fetch(test.service.address + filled, {
    method,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...(operation.requestBody === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(operation.requestBody === undefined ? {} : { body: '{}' }),
  });
  await response.arrayBuffer();
  return response.status;
}

describe('every route of the management API', () => {
  it('is in the document, and says who may use it', () => {
    assert.ok(routes.length > 15, `${routes.length} routes`);
    for (const { method, path, operation } of routes) {
      const { who = 'nobody said' } = operation['x-access'] ?? {};
      assert.ok(['anyone', 'identified', 'person', 'session', 'member'].includes(who), `${method} ${path}: ${who}`);
      assert.equal(who === 'member', path.includes('{websiteId}'), `${method} ${path}`);
    }
  });

  it('is closed to strangers and to keys that are none, but for what anyone may see', async () => {
    for (const route of routes) {
      const isOpen = route.operation['x-access']?.who === 'anyone';
      for (const authorization of [undefined, 'Bearer ogplus_live_e30', 'Bearer x', 'Basic YTpi']) {
        const status = await call(route, own, authorization);
        assert.equal(status === 401, !isOpen, `${route.method} ${route.path} for ${authorization}: ${status}`);
      }
    }
  });

  it("does as if a website were not there, for another website's key", async () => {
    for (const route of routes.filter(({ operation }) => operation['x-access']?.who === 'member')) {
      assert.equal(await call(route, own, keys.get(String(other.id))), 404, `${route.method} ${route.path}`);
    }
    assert.notEqual(await test.service.store.websiteById(own.id), undefined);
  });

  it("lets a website's own key in", async () => {
    // The last one removes the website.
    const mine = routes.filter(({ operation }) => operation['x-access']?.who === 'member');
    const removing = mine.filter(({ method, path }) => method === 'DELETE' && path.endsWith('{websiteId}'));
    for (const route of [...mine.filter((one) => !removing.includes(one)), ...removing]) {
      const status = await call(route, own, keys.get(String(own.id)));
      assert.ok(status < 401 || status === 404, `${route.method} ${route.path}: ${status}`);
    }
    assert.equal(await test.service.store.websiteById(own.id), undefined);
    assert.notEqual(await test.service.store.websiteById(other.id), undefined);
  });

  it('is not there on connection hosts', async () => {
    for (const { path } of routes) {
      const response = await test.card(other, path, { authorization: keys.get(String(other.id)) ?? '' });
      assert.ok(!(response.headers['content-type'] ?? '').startsWith('application/json'), path);
    }
  });
});
