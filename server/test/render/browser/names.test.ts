import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../../src/config.ts';
import { type Gate, openGate } from '../../../src/origin/gate.ts';
import { createGuard } from '../../../src/origin/guard.ts';
import { endWithTests } from '../../harness/child-processes.ts';
import { type Origin, page, startOrigin } from '../../harness/origin.ts';
import { type NameServer, startNameServer } from '../../origin/name-server.ts';
import { browserWithout } from './browser-without.ts';
import { waysOut } from './ways-out.ts';

// Nothing else of loopback has a name server there.
const server = { address: '127.53.53.53', port: 53 };

/** Whether a process may have an `/etc/resolv.conf` of its own, and a name server listen where that leads. */
function mayMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['--mount', 'mount', '--bind', '/etc/hosts', '/etc/resolv.conf'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const cannot = !mayMount() && 'only root, on Linux, may give a browser a name server of its own';

// Those that know names but perhaps no proxy, and one that everybody knows.
const asked = waysOut.filter(({ name }) => /WebRTC|WebTransport|prefetch|preconnect|^img$|socket/i.test(name));

let names: NameServer;
let origin: Origin;
let gate: Gate;
let folder: string;
before(async () => {
  if (cannot) return;
  names = await startNameServer(() => ({ addresses: ['127.0.0.1'] }), server);
  const answer = page();
  origin = await startOrigin((req, res) => (req.url === '/held' ? undefined : answer(req, res)));
  const { allowNetworks } = readConfig({ OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8' });
  gate = await openGate(createGuard(allowNetworks, () => Promise.reject(new Error('No name is looked up here.'))));
  folder = mkdtempSync(join(tmpdir(), 'ogplus-names-'));
  writeFileSync(join(folder, 'resolv.conf'), `nameserver ${server.address}\n`);
});
after(async () => {
  if (cannot) return;
  for (const part of [gate, origin, names]) await part[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** Draws a page for each way, in a process whose system asks our name server; gives the names that it was asked for. */
async function namesAskedFor(ways: typeof waysOut, browser?: string): Promise<string[]> {
  names.asked.length = 0;
  const urls = (n: number) => ['http', 'https'].map((scheme) => `${scheme}://secret-${n}.example:3478/`);
  // A picture that does not come: names are asked for in the time that it is waited for.
  const pages = ways.map((way, n) => ({
    html: `${way.page(urls(n))}<img src="/held">`,
    headers: way.headers?.(urls(n)) ?? {},
  }));
  writeFileSync(join(folder, 'pages.json'), JSON.stringify(pages));
  const program = fileURLToPath(new URL('../processes/draw-pages.ts', import.meta.url));
  const script = 'mount --bind "$1" /etc/resolv.conf; shift; exec "$@"';
  const draw = [process.execPath, program, join(folder, 'pages.json'), `${origin.url}/page`, gate.url];
  const args = ['--mount', 'sh', '-c', script, 'sh', join(folder, 'resolv.conf'), ...draw];
  const env = { ...process.env, ...(browser === undefined ? {} : { OGPLUS_BROWSER: browser }) };
  const child = endWithTests(spawn('unshare', args, { stdio: ['ignore', 'ignore', 'inherit'], env, detached: true }));
  const code = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(code, 0);
  return names.asked;
}

describe('the names that a page writes', { skip: cannot }, () => {
  it('are asked of no name server by the browser, whatever the page tries', async () => {
    assert.ok(asked.length > 6);
    assert.deepEqual(await namesAskedFor(asked), []);
  });

  it('would be without the switch of the browser', async () => {
    using without = await browserWithout('--host-resolver-rules');
    const turn = waysOut.filter(({ name }) => /TURN over T/.test(name));
    assert.ok((await namesAskedFor(turn, without.program)).some((name) => name.endsWith('.example')));
  });
});
