import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { drawn, Example, nothing, revalidated } from './example.ts';

const violet = [106, 63, 181] as const;
const data = mkdtempSync(join(tmpdir(), 'ogplus-records-'));

describe('the PHP example', () => {
  after(() => rmSync(data, { recursive: true }));
  const php = new Example({
    name: 'php',
    start: (port) => ['php', '-S', `127.0.0.1:${port}`, '-t', 'public', 'public/index.php'],
    env: { DATA_DIR: data },
  });

  php.page('/', { keptFor: 3600, accent: violet }); // a header
  php.page('/records/blue-train', { keptFor: 0, accent: violet }); // ETag, 304
  php.page('/playing', { keptFor: 600, accent: violet }); // a tag

  it('draws what is edited: a record when it is asked for, the list by a purge', async () => {
    assert.deepEqual(await php.cost('/records/sahara'), drawn);
    assert.deepEqual(await php.cost('/records/sahara'), revalidated);
    await php.cost('/');
    assert.deepEqual(await php.cost('/'), nothing);
    const body = new URLSearchParams({ slug: 'sahara', title: 'Sahara, again' });
    assert.equal((await php.fetch('/edited', { method: 'POST', body })).status, 200);
    assert.deepEqual(await php.cost('/records/sahara'), drawn);
    assert.deepEqual(await php.cost('/'), drawn);
    assert.match(await (await php.fetch('/')).text(), /Sahara, again/);
  });
});
