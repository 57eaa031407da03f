import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { firstAccountTokenOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import { type Served, serve } from '../harness/command.ts';
import { makeDataFolder } from '../harness/data-folder.ts';
import { password } from '../harness/people.ts';

let folder: string;
let service: Served;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ogplus-operations-'));
  const OGPLUS_DATA_DIR = await makeDataFolder(join(folder, 'data'));
  service = await serve({ OGPLUS_DATA_DIR, OGPLUS_WORKERS: '2', OGPLUS_RENDERERS: '1' });
});
after(async () => {
  await service?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('the status of a service with HTTP workers', () => {
  it('is that of the service, whichever worker is asked, and counts the workers', async () => {
    const invitation = firstAccountTokenOf(await masterKey({ dataDir: join(folder, 'data') }));
    const send = (path: string, cookie = '', body?: object) =>
      fetch(service.address + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { origin: service.address, connection: 'close', cookie, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const account = { name: 'Ada', email: 'ada@people.example', password, invitation };
    const made = await send('/api/v1/accounts', '', account);
    assert.equal(made.status, 201);
    const cookie = made.headers
      .getSetCookie()
      .map((one) => one.split(';', 1)[0])
      .join('; ');
    for (let asked = 0; asked < 4; asked++) {
      const answer = await send('/api/v1/service', cookie);
      assert.equal(answer.status, 200);
      const { nodes } = (await answer.json()) as {
        nodes: Array<{ status: { requests: { workers: number }; memory: { workers: number } } }>;
      };
      assert.equal(nodes.length, 1, 'workers are parts of a node');
      assert.equal(nodes[0]?.status.requests.workers, 2);
    }
    const doctor = await send('/api/v1/service/doctor', cookie, {});
    assert.equal(doctor.status, 200, await doctor.clone().text());
    assert.equal((await send('/api/v1/service')).status, 401);
  });
});
