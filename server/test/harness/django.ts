import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithTests } from './child-processes.ts';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

const folder = fileURLToPath(new URL('../../../examples/django/', import.meta.url));

/** A Python that has Django, the system's first; undefined where there is none. */
export function pythonWithDjango(): string | undefined {
  const candidates = ['/usr/bin/python3', 'python3', join(folder, '.venv/bin/python')];
  return candidates.find((python) => spawnSync(python, ['-c', 'import django']).status === 0);
}

export interface DjangoSite extends AsyncDisposable {
  readonly url: string;
  /** The targets of the requests that reached Django, in order; pages only, no static files. */
  pages(): string[];
  /** Changes an entry, as an editor would. */
  edit(kind: string, slug: string, title: string): void;
}

export interface DjangoOptions {
  /** A free one without it. */
  readonly port?: number;
  /** What its pages carry as the address of their cards; without it they carry none. */
  readonly connectionUrl?: string;
}

/** Runs the example site, as its README does, with a database of its own. */
export async function startDjango(python: string, { port, connectionUrl }: DjangoOptions = {}): Promise<DjangoSite> {
  const data = await mkdtemp(join(tmpdir(), 'ogplus-django-'));
  port ??= await freePort();
  const args = [join(folder, 'run.py'), '--port', String(port), '--data', data];
  const env = { ...process.env, PYTHONUNBUFFERED: '1', OGPLUS_CONNECTION_URL: connectionUrl ?? '' };
  const child = endWithTests(spawn(python, args, { stdio: ['ignore', 'pipe', 'pipe'], env, detached: true }));
  let log = '';
  child.stdout.on('data', (text) => (log += text));
  child.stderr.on('data', (text) => (log += text));
  const url = `http://127.0.0.1:${port}`;
  await until('Django answers', async () => {
    if (child.exitCode !== null) throw new Error(`Django did not start: ${log}`);
    return (await fetch(`${url}/about/`).catch(() => undefined))?.ok === true;
  });
  log = '';
  return {
    url,
    pages: () =>
      [...log.matchAll(/"GET (\S+) HTTP/g)].map(([, target]) => target ?? '').filter((t) => !t.startsWith('/static/')),
    edit(kind, slug, title) {
      const env = { ...process.env, DJANGO_DATA_DIR: data };
      execFileSync(python, [join(folder, 'manage.py'), 'edit', kind, slug, '--title', title], { env, cwd: folder });
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}
