import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fillDisk } from '../../harness/fill-disk.ts';
import { page, startOrigin } from '../../harness/origin.ts';
import { startTestService } from '../../harness/service.ts';

/** A service whose data folder is on a small disk of its own: what clients get while it is full. */
const [folder = ''] = process.argv.slice(2);
const dataDir = join(folder, 'data');
const log: string[] = [];
const write = (line: string) => void log.push(line);
await using test = await startTestService({ OGPLUS_DATA_DIR: dataDir, OGPLUS_LOG_LEVEL: 'error' }, { write });
await using origin = await startOrigin(page({ headers: { 'Cache-Control': 'max-age=600' } }));
const website = await test.website(origin.url);
const ready = async () => {
  const { status, body } = await test.ask('/readyz');
  return [status, JSON.parse(body.toString()).store];
};

const kept = await test.card(website, '/kept');
assert.deepEqual([kept.status, await ready()], [200, [200, 'ok']]);
{
  await using _full = await fillDisk(join(folder, 'filler'));
  assert.deepEqual(await ready(), [503, 'failing']);
  assert.match(log.join(''), /The disk of the data folder is full/);
  const drawn = await test.card(website, '/drawn');
  assert.deepEqual([drawn.status, drawn.headers['content-type']], [200, 'image/png']);
  assert.deepEqual((await test.card(website, '/kept')).body, kept.body);
  const left = await readdir(join(dataDir, 'pictures'), { recursive: true });
  assert.deepEqual(
    left.filter((name) => name.endsWith('.tmp')),
    [],
  );
}
assert.deepEqual(await ready(), [200, 'ok']);
const after = await test.card(website, '/after');
assert.match(after.headers['cache-status'] ?? '', /stored/);
