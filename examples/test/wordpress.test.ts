import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { drawn, Example, nothing } from './example.ts';

const clay = [162, 70, 43] as const;
const example = fileURLToPath(new URL('../wordpress/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ogplus-wordpress-'));

describe('the WordPress example', () => {
  after(() => rmSync(folder, { recursive: true, force: true }));
  const wordpress = new Example({
    name: 'wordpress',
    build: ['sh', 'set-up.sh', folder],
    start: () => ['sh', 'start.sh', folder],
  });

  wordpress.page('/', { keptFor: 86_400, accent: clay });
  wordpress.page('/ash-glaze/', { keptFor: 86_400, accent: clay });

  it('draws a post anew when it is saved, and the list that shows it', async () => {
    const target = '/first-firing/';
    assert.deepEqual(await wordpress.cost(target), drawn);
    assert.deepEqual(await wordpress.cost(target), nothing);
    await wordpress.cost('/');
    // The service runs in this process, so that nothing may block it.
    await promisify(execFile)(
      'php',
      [join(example, 'edit.php'), join(folder, 'site'), 'first-firing', 'The second firing'],
      {
        env: { ...process.env, OGPLUS_SERVICE: wordpress.test.service.address, OGPLUS_API_KEY: wordpress.apiKey },
      },
    );
    assert.deepEqual(await wordpress.cost(target), drawn);
    assert.deepEqual(await wordpress.cost('/'), drawn);
    assert.match(await (await wordpress.fetch(target)).text(), /The second firing/);
  });
});
