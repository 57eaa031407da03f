import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { drawn, Example, nothing, revalidated } from './example.ts';

const amber = [224, 165, 38] as const;
const data = mkdtempSync(join(tmpdir(), 'ogplus-lighthouses-'));
const env = { DATA_DIR: data, RAILS_ENV: 'production', SECRET_KEY_BASE: 'for-tests-alone'.repeat(5) };

describe('the Rails example', () => {
  after(() => rmSync(data, { recursive: true }));
  const rails = new Example({
    name: 'rails',
    build: ['bin/rails', 'db:setup'],
    start: (port) => ['puma', '--bind', `tcp://127.0.0.1:${port}`, '--environment', 'production'],
    env,
  });

  rails.page('/', { keptFor: 86_400, accent: amber }); // expires_in
  rails.page('/lighthouses/fastnet', { keptFor: 3600, accent: amber }); // fresh_when, a template
  rails.page('/visiting', { keptFor: 600, accent: amber }); // a before_action
  rails.page('/about', { keptFor: 3600, accent: amber }); // a tag, above Rails' own `private`
  rails.page('/log', { keptFor: 0, accent: amber }); // Rails' own `private`

  it('says private where a controller says nothing, and is drawn for each request', async () => {
    const { headers } = await rails.fetch('/log');
    assert.equal(headers.get('cache-control'), 'max-age=0, private, must-revalidate');
    assert.match(headers.get('set-cookie') ?? '', /session/);
    assert.deepEqual(await rails.cost('/log'), drawn);
    assert.deepEqual(await rails.cost('/log'), drawn);
  });

  it('sends no cookie with a page that caches share', async () => {
    for (const target of ['/', '/lighthouses/fastnet', '/visiting']) {
      assert.equal((await rails.fetch(target)).headers.get('set-cookie'), null, target);
    }
  });

  it('purges the pages of a row that was changed', async () => {
    const target = '/lighthouses/la-jument';
    await rails.cost(target);
    await rails.cost('/');
    assert.deepEqual([await rails.cost(target), await rails.cost('/')], [nothing, nothing]);
    await promisify(execFile)(
      'bin/rails',
      ['runner', 'Lighthouse.find_by!(slug: "la-jument").update!(name: "La Jument, relit")'],
      {
        cwd: fileURLToPath(new URL('../rails', import.meta.url)),
        env: { ...process.env, ...env, OGPLUS_SERVICE: rails.test.service.address, OGPLUS_API_KEY: rails.apiKey },
      },
    );
    assert.deepEqual([await rails.cost(target), await rails.cost('/')], [drawn, drawn]);
    assert.match(await (await rails.fetch('/')).text(), /La Jument, relit/);
  });

  it('is asked after the hour, and not drawn where the row is the same', async () => {
    const target = '/lighthouses/bell-rock';
    assert.deepEqual(await rails.cost(target), drawn);
    assert.deepEqual(await rails.cost(target), nothing);
    rails.test.clock.move(3700);
    assert.deepEqual(await rails.cost(target), revalidated);
  });

  it('is asked for the list after the day, and not drawn where no row changed', async () => {
    await rails.cost('/');
    rails.test.clock.move(86_500);
    assert.deepEqual(await rails.cost('/'), revalidated);
  });
});
