import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from './client.ts';

export interface Target {
  readonly service: string;
  /** The connection hosts of the websites that are attacked, or that attack: they have no places of each other. */
  readonly hosts: { readonly flooded: string; readonly endless: string; readonly hostile: string };
  readonly signal: AbortSignal;
}

/** What was tried, and how it was answered. */
export type Tally = Map<string, number>;

/** What is asked for of which website, and how often at once; each from a few addresses. */
const floods = [
  { kind: '/x', of: 'flooded', atOnce: 60 },
  { kind: '/gone/', of: 'flooded', atOnce: 2 },
  { kind: '/endless/', of: 'endless', atOnce: 8 },
  { kind: '/bomb/', of: 'hostile', atOnce: 2 },
  { kind: '/frames/', of: 'hostile', atOnce: 2 },
  { kind: '/loop/', of: 'hostile', atOnce: 1 },
] as const;
type Flood = (typeof floods)[number];

/** Everything at once, until the signal. */
export async function attack(target: Target): Promise<Tally> {
  const tally: Tally = new Map();
  await Promise.all([
    ...floods.map((one, index) => flood(target, one, index, tally)),
    hold(target, 'half-open', 300, '127.0.1.1', 'GET / HTTP/1.1\r\nHost: ', tally),
    hold(target, 'silent', 200, '127.0.1.2', '', tally),
    hold(target, 'slow reader', 50, '127.0.1.3', slowRequest(target.hosts.flooded), tally),
  ]);
  return tally;
}

/** As many large pictures as may be asked for in one breath, none of them read. */
function slowRequest(host: string): string {
  return `GET /noise/kept HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(20);
}

async function flood(target: Target, { kind, of, atOnce }: Flood, index: number, tally: Tally): Promise<void> {
  const addresses = [0, 1, 2, 3].map((n) => `127.0.2.${1 + index * 4 + n}`);
  let invented = 0;
  const one = async (n: number) => {
    const client = new Client(target.service, target.hosts[of], addresses[n % addresses.length] ?? '127.0.2.1');
    target.signal.addEventListener('abort', () => client.end());
    while (!target.signal.aborted) {
      const { status } = await client.ask(`${kind}${invented++}`);
      if (target.signal.aborted) return;
      count(tally, `${kind} ${status}`);
      // A refused client tries again after a short pause, not as fast as the machine can.
      if (status !== 200) await pause(50);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, n) => one(n)));
}

/** Holds this many connections, which have sent `bytes` and read nothing; one that is cut is opened again. */
async function hold(
  target: Target,
  what: string,
  many: number,
  from: string,
  bytes: string,
  tally: Tally,
): Promise<void> {
  const { hostname, port } = new URL(target.service);
  const one = async () => {
    while (!target.signal.aborted) {
      const socket = connect({ host: hostname, port: Number(port), localAddress: from });
      socket.on('error', () => {}); // being cut is what is expected
      socket.pause();
      socket.write(bytes);
      const closed = new Promise<string>((resolve) => socket.once('close', () => resolve('cut')));
      // A paused socket does not hear that it was cut; a write does.
      const poke = setInterval(() => socket.write('\r\n'), 1000);
      const over = new Promise<string>((resolve) => target.signal.addEventListener('abort', () => resolve('held')));
      count(tally, `${what}: ${await Promise.race([closed, over])}`);
      clearInterval(poke);
      socket.destroy();
      await pause(100);
    }
  };
  await Promise.all(Array.from({ length: many }, one));
}

function count(tally: Tally, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}
