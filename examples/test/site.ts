import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { endWithTests } from '../../server/test/harness/child-processes.ts';
import { freePort } from '../../server/test/harness/free-port.ts';
import { until } from '../../server/test/harness/until.ts';

const examples = fileURLToPath(new URL('..', import.meta.url));

/** What the examples are built with. Their websites have this connection in the tests. */
export const connection = 'mlghbepw';
export const connectionUrl = `http://${connection}.localhost:3000`;
export const siteUrl = 'https://journal.example';

export interface SiteOptions {
  /** Its folder in `examples/`. */
  readonly name: string;
  /** Run before it starts, in its folder. */
  readonly build?: readonly [command: string, ...args: string[]];
  /** `PORT` and `HOST` in the environment say where it listens. */
  readonly start: (port: number) => readonly [command: string, ...args: string[]];
  /** Below its folder. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A page that answers once it has started. */
  readonly ready?: string;
}

/** An example that runs, behind a proxy that counts what reaches it. */
export interface Site extends AsyncDisposable {
  readonly url: string;
  /** Its environment is settled: its website and key may be known only now. */
  start(env?: Readonly<Record<string, string>>): Promise<void>;
  /** The pages that it was asked for, in order; files of styles, scripts and pictures are left out. */
  readonly heard: string[];
}

/** Builds the example, and gives its address; it listens once it is started. */
export async function buildSite({ name, build, start, cwd = '', env, ready = '/' }: SiteOptions): Promise<Site> {
  const folder = join(examples, name);
  const environment = {
    ...process.env,
    PATH: [join(folder, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
    CI: '1',
    NODE_ENV: 'production',
    ASTRO_TELEMETRY_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    NUXT_TELEMETRY_DISABLED: '1',
    OGPLUS_CONNECTION_URL: connectionUrl,
    SITE_URL: siteUrl,
    ...env,
  };
  if (build !== undefined) {
    const [command, ...args] = build;
    await promisify(execFile)(command, args, { cwd: folder, env: environment, maxBuffer: 10_000_000 });
  }
  const port = await freePort();
  const heard: string[] = [];
  const proxy = createServer((req, res) => {
    const target = req.url ?? '/';
    // Links that a page shows are fetched ahead by some frameworks, as data and not as pages; so is a page's own data.
    const isPage =
      req.headers['rsc'] === undefined &&
      !/^\/((_next|_nuxt|_astro|_app)\/|__manifest\b)|\.(css|js|json|svg|png|jpe?g|webp|woff2?|ico|map)(\?|$)/.test(
        target,
      );
    if (isPage) heard.push(target);
    const upstream = request({ port, host: '127.0.0.1', path: target, method: req.method, headers: req.headers });
    upstream.on('response', (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(res);
    });
    upstream.on('error', () => res.destroy());
    req.pipe(upstream);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  let child: ChildProcess | undefined;
  let log = '';
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    url,
    heard,
    async start(more = {}) {
      const [command, ...args] = start(port);
      const env = { ...environment, PORT: String(port), HOST: '127.0.0.1', HOSTNAME: '127.0.0.1', ...more };
      // A group of its own: some of these programs start others, which end with them.
      child = endWithTests(
        spawn(command, args, { cwd: join(folder, cwd), env, stdio: ['ignore', 'pipe', 'pipe'], detached: true }),
      );
      child.stdout?.on('data', (text) => (log += text));
      child.stderr?.on('data', (text) => (log += text));
      await until(`${name} answers`, async () => {
        if (child?.exitCode !== null) throw new Error(`${name} did not start: ${log}`);
        return (await fetch(`${url}${ready}`).catch(() => undefined))?.ok === true;
      });
      heard.length = 0;
    },
    async [Symbol.asyncDispose]() {
      if (child !== undefined && child.exitCode === null && child.pid !== undefined) {
        const ended = new Promise((resolve) => child?.once('exit', resolve));
        process.kill(-child.pid, 'SIGTERM');
        await ended;
      }
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
