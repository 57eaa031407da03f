import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { programNamed, startUntil } from './processes.ts';
import { type Row, show, summarise } from './statistics.ts';

const connections = 32;
const rounds = 5;
const seconds = 3;

/** A fresh card over HTTP against nginx serving the same bytes from its proxy cache. `folder` is nginx's. */
export async function benchFresh(service: string, host: string, target: string, folder: string): Promise<Row> {
  const what = `fresh card, ${connections} connections (requests/s)`;
  const nginx = programNamed('nginx');
  const wrk = programNamed('wrk');
  if (nginx === undefined || wrk === undefined) {
    return { what, ours: 'NOT MEASURED', theirs: 'install nginx and wrk', ratio: '', aim: '≥ 0.8' };
  }
  const card = await fetch(service + target, { headers: { 'user-agent': 'bench' } });
  if (!card.ok) throw new Error(`The card answers ${card.status}.`);
  const bytes = Buffer.from(await card.arrayBuffer());

  const upstream = createServer((_, res) => {
    res.writeHead(200, {
      'Content-Type': 'image/jpeg',
      'Cache-Control': 'max-age=3600',
      'Content-Length': bytes.length,
    });
    res.end(bytes);
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const port = 18_080;
  const config = join(folder, 'nginx.conf');
  writeFileSync(config, nginxConfig(folder, port, (upstream.address() as AddressInfo).port));
  await using _nginx = await startUntil('sh', ['-c', `echo up; exec ${nginx} -c ${config}`], {}, /up/);
  await reachable(`http://127.0.0.1:${port}/`);

  const ours: number[] = [];
  const theirs: number[] = [];
  load(wrk, service + target, host, 1); // both warm
  load(wrk, `http://127.0.0.1:${port}/`, 'nginx', 1);
  for (let round = 0; round < rounds; round++) {
    ours.push(load(wrk, service + target, host, seconds));
    theirs.push(load(wrk, `http://127.0.0.1:${port}/`, 'nginx', seconds));
  }
  upstream.closeAllConnections();
  upstream.close();
  const [a, b] = [summarise(ours), summarise(theirs)];
  const size = `${Math.round(bytes.length / 1000)} kB`;
  return {
    what: `${what}, ${size}`,
    ours: show(a, 0),
    theirs: `nginx ${show(b, 0)}`,
    ratio: (a.median / b.median).toFixed(2),
    aim: '≥ 0.8',
  };
}

function load(wrk: string, url: string, host: string, duration: number): number {
  const args = ['-t1', `-c${connections}`, `-d${duration}s`, '-H', `Host: ${host}`, '-H', 'User-Agent: bench', url];
  const { stdout } = spawnSync(wrk, args, { encoding: 'utf8' });
  if (/Non-2xx/.test(stdout)) throw new Error(`The load got errors:\n${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}

async function reachable(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer.`);
}

/** One worker, as the service is one process; `tcp_nopush` off, which serves it far better on loopback. */
function nginxConfig(folder: string, port: number, upstream: number): string {
  const user = process.getuid?.() === 0 ? 'user root; ' : ''; // its worker must reach the folder
  return `${user}daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr;
events { worker_connections 512; }
http {
  access_log off; sendfile on; keepalive_requests 1000000;
  client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  proxy_cache_path ${folder}/cache keys_zone=cards:10m;
  server { listen 127.0.0.1:${port}; location / { proxy_pass http://127.0.0.1:${upstream}; proxy_cache cards; } }
}
`;
}
