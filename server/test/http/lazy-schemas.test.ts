import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Fastify from 'fastify';
import { addApi } from '../../src/http/api/api.ts';
import type { ApiOptions } from '../../src/http/api/options.ts';
import { lazySchemas } from '../../src/http/lazy-schemas.ts';
import { openStore } from '../../src/store/open-store.ts';
import { dataFolder } from '../store/harness-sqlite.ts';

const schema = {
  body: { type: 'object', required: ['name'], properties: { name: { type: 'string' } }, additionalProperties: false },
  response: { 200: { type: 'object', properties: { name: { type: 'string' } } } },
} as const;

describe('a schema that is compiled when it is first used', () => {
  it('refuses and answers as one that was compiled at the start', async () => {
    const answers = await Promise.all(
      [{}, { schemaController: { compilersFactory: lazySchemas } }].map(async (options) => {
        const app = Fastify({ ajv: { customOptions: { removeAdditional: false } }, ...options });
        app.post('/', { schema }, async (request) => ({ ...Object(request.body), secret: 'is not in the schema' }));
        const bodies = [{ name: 'a' }, {}, { name: 'a', more: 1 }, { name: {} }, { name: 'b' }];
        const ask = async (payload: object) => (await app.inject({ method: 'POST', url: '/', payload })).body;
        return Promise.all(bodies.map(ask));
      }),
    );
    assert.deepEqual(answers[1], answers[0]);
    assert.equal(answers[1]?.[0], '{"name":"a"}');
    assert.match(answers[1]?.[1] ?? '', /body must have required property 'name'/);
  });
});

describe('the schemas of the management API', () => {
  it('can all be compiled', async () => {
    const app = Fastify({ ajv: { customOptions: { removeAdditional: false } } });
    await using folder = await dataFolder();
    await using store = await openStore(folder.path);
    // No handler runs, so none misses the rest.
    addApi(app, { url: 'http://localhost:3000', store } as ApiOptions);
    await app.ready();
    assert.match(app.printRoutes(), /websites/);
    await app.close();
  });
});
