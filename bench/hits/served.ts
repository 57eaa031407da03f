import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathOf, programNamed, startUntil } from '../processes.ts';
import { cpuOf } from './cpu.ts';
import type { Served } from './load.ts';

/** The service with what is kept in the data folder. @param path of the card, after the service's address. */
export async function startService(dataDir: string, path: string, workers: number): Promise<Served> {
  const env = {
    OGPLUS_DATA_DIR: dataDir,
    OGPLUS_PORT: '0',
    OGPLUS_LOG_LEVEL: 'warn',
    OGPLUS_WORKERS: String(workers),
    OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
    // One client asks for one website's cards as fast as it can.
    OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '1000000',
    OGPLUS_CLIENT_RENDERS_PER_MINUTE: '1000000',
  };
  const program = [pathOf('../server/bin/ogplus.js'), 'serve'];
  const started = await startUntil(process.execPath, program, env, /ready at (\S+)/);
  const { pid = 0 } = started.child;
  return {
    url: `${started.match[1]}${path}`,
    cpuMs: () => cpuOf(pid, 'http-worker'),
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

/** A program of this folder that prints its port. */
export async function startBare(program: string, ...args: readonly string[]): Promise<Served> {
  const started = await startUntil(process.execPath, [pathOf(`./hits/${program}`), ...args], {}, /^(\d+)\n/);
  const { pid = 0 } = started.child;
  return {
    url: `http://127.0.0.1:${started.match[1]}/`,
    cpuMs: () => cpuOf(pid, 'bare-worker'),
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

/** nginx with a file of as many bytes; undefined where it is not installed. */
export async function startNginx(folder: string, size: number, workers: number): Promise<Served | undefined> {
  const nginx = programNamed('nginx');
  if (nginx === undefined) return undefined;
  const port = 18_081;
  writeFileSync(join(folder, 'card.png'), randomBytes(size));
  const user = process.getuid?.() === 0 ? 'user root; ' : ''; // its workers must reach the folder
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const config = `${user}daemon off; worker_processes ${workers}; pid ${folder}/pid; error_log stderr;
events { worker_connections 512; }
http { access_log off; sendfile on; keepalive_requests 1000000; open_file_cache max=10; ${places.join(' ')}
  server { listen 127.0.0.1:${port}; root ${folder}; } }`;
  writeFileSync(join(folder, 'nginx.conf'), config);
  const command = `echo up; exec ${nginx} -c ${folder}/nginx.conf`;
  const started = await startUntil('sh', ['-c', command], {}, /up/);
  const { pid = 0 } = started.child;
  const url = `http://127.0.0.1:${port}/card.png`;
  for (let tries = 0; tries < 100 && !(await answers(url)); tries++) await pause(50);
  return { url, cpuMs: () => cpuOf(pid, 'nginx'), [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
