import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '../abuse/client.ts';
import type { Random } from './random.ts';

export interface AttackTarget {
  readonly service: string;
  /** Connection hosts of the hostile websites. */
  readonly hosts: readonly string[];
  /** The connection host of a quiet website, which is to be taken over. */
  readonly victim: string;
  /** `Authorization` of a hostile website, and its id. */
  readonly account: { readonly key: string; readonly id: string };
  readonly random: Random;
  readonly count: (what: string) => void;
}

let invented = 0;

/** One page for so many who ask at once, each for another address of it. */
export async function askForPages(target: AttackTarget, kind: string, atOnce: number, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  const one = async (n: number) => {
    const client = new Client(target.service, target.random.one(target.hosts), `127.0.2.${1 + n}`);
    while (performance.now() < end) {
      const { status } = await client.ask(`/${kind}/${invented++}`);
      target.count(`${kind}: ${status}`);
      if (status !== 200) await pause(100);
    }
    client.end();
  };
  await Promise.all(Array.from({ length: atOnce }, (_, n) => one(n)));
}

/** So many connections that say this and nothing more. */
export async function holdConnections(
  target: AttackTarget,
  what: string,
  bytes: string,
  seconds: number,
): Promise<void> {
  const { hostname, port } = new URL(target.service);
  const sockets = Array.from({ length: 400 }, (_, n) => {
    const socket = connect({ host: hostname, port: Number(port), localAddress: `127.0.4.${1 + (n % 40)}` });
    socket.on('error', () => {}); // cut off
    socket.write(bytes);
    return socket;
  });
  target.count(`${what}: 400 held`);
  await pause(seconds * 1000);
  for (const socket of sockets) socket.destroy();
}

/** What an account may try: to be the victim, and values that nobody expects. */
export async function misuseAccount(target: AttackTarget): Promise<void> {
  const { service, victim, account } = target;
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${service}/api/v1/websites/${account.id}${path}`, {
      method,
      headers: { authorization: `Bearer ${account.key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => undefined);
    await response?.arrayBuffer();
    target.count(`account ${method} ${path.split('?')[0]}: ${response?.status ?? 'cut'}`);
  };
  for (const ownHost of [victim, victim.toUpperCase(), `${victim}.`, 'localhost', '127.0.0.1'])
    await call('PATCH', '/settings', { ownHost });
  for (const query of ['limit=1e999', 'limit=-1', 'cursor=%00', `query=${'%25'.repeat(2000)}`])
    await call('GET', `/pages?${query}`);
}
