import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { ogplus, serve } from '../harness/command.ts';
import { page, startOrigin } from '../harness/origin.ts';

const folder = await mkdtemp(join(tmpdir(), 'ogplus-given-back-'));
after(() => rm(folder, { recursive: true, force: true }));

/** What is held, without the hash of a name. */
function leases(): string[] {
  const db = new DatabaseSync(join(folder, 'ogplus.sqlite'));
  const rows = db.prepare('SELECT name FROM leases ORDER BY name').all();
  db.close();
  return rows.map(({ name }) => String(name).split(' ')[0] ?? '');
}

describe('a service that is stopped while it draws a card', () => {
  it('gives its leases back', async () => {
    const env = { OGPLUS_DATA_DIR: folder, OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8', OGPLUS_STOP_GRACE_MS: '100' };
    const drawing = Promise.withResolvers<void>();
    const html = page({ headers: { 'Cache-Control': 'max-age=600' }, body: '<img src="/held.svg">' });
    await using origin = await startOrigin((req, res) => {
      if (req.url === '/held.svg') drawing.resolve();
      else html(req, res);
    });
    const service = await serve(env);
    const made = await ogplus(['site', 'create', origin.url, '--json'], env);
    const { publicKey } = JSON.parse(made.stdout) as { publicKey: string };
    const asking = fetch(`${service.address}/api/websites/v1/domain/${publicKey}/image/`);
    await drawing.promise;
    assert.ok(leases().includes('card'));
    service.signal('SIGTERM');
    assert.equal((await asking).status, 503);
    assert.equal(await service.ended, 0);
    assert.deepEqual(leases(), []);
  });
});
