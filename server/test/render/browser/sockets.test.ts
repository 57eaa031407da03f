import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../../src/config.ts';
import { milliseconds } from '../../../src/model/units.ts';
import { type Gate, openGate } from '../../../src/origin/gate.ts';
import { createGuard } from '../../../src/origin/guard.ts';
import { type Origin, page, startOrigin } from '../../harness/origin.ts';
import { until } from '../../harness/until.ts';
import { type Canary, startCanary } from '../../origin/canary.ts';
import { processTree, startTestRenderer } from '../harness.ts';
import { browserWithout } from './browser-without.ts';
import { waysOut } from './ways-out.ts';

const notLinux = process.platform !== 'linux' && 'only Linux shows the sockets of a process';

interface Socket {
  readonly kind: string;
  /** Address and port as the kernel writes them, in hexadecimal. */
  readonly local: string;
  readonly remotePort: number;
  readonly isListening: boolean;
}

/** The network's sockets that processes hold, as the kernel lists them. */
function socketsOf(pids: readonly number[]): Socket[] {
  const held = new Set(pids.flatMap(inodesOf));
  return ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6', 'icmp', 'icmp6'].flatMap((kind) =>
    tableOf(kind)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => held.has(fields[9] ?? ''))
      .map((fields) => ({
        kind,
        local: fields[1] ?? '',
        remotePort: Number.parseInt((fields[2] ?? '').split(':')[1] ?? '', 16),
        isListening: kind.startsWith('tcp') && fields[3] === '0A',
      })),
  );
}

function tableOf(kind: string): string[] {
  try {
    return readFileSync(`/proc/net/${kind}`, 'utf8').split('\n').slice(1);
  } catch {
    return []; // a kernel without this kind
  }
}

function inodesOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return []; // closed in this moment
      }
    });
  } catch {
    return []; // ended in this moment, or not ours to look into: page processes, which have no network
  }
}

let origin: Origin;
let canary: Canary;
let gate: Gate;
before(async () => {
  origin = await startOrigin(page(), notLinux ? '127.0.0.1' : '127.0.0.2');
  canary = await startCanary(['127.0.0.1']);
  const { allowNetworks } = readConfig({ OGPLUS_ALLOW_NETWORKS: '127.0.0.2' });
  const noName = () => Promise.reject(new Error('No name is looked up here.'));
  gate = await openGate(createGuard(allowNetworks, noName));
});
after(async () => {
  for (const part of [gate, origin, canary]) await part[Symbol.asyncDispose]();
});

describe('the sockets of the browser', { skip: notLinux }, () => {
  it('lead to the gate and nowhere else, whatever its pages try: none listens, none speaks UDP', async () => {
    await using renderer = await startTestRenderer({ proxyServer: gate.url, budget: milliseconds(1500) });
    await renderer.check();
    const [browser = 0] = renderer.browsers;
    const gatePort = Number(new URL(gate.url).port);
    const urls = ['http', 'https'].flatMap((scheme) =>
      [`127.0.0.1:${canary.port}`, 'example.com', 'some-name.invalid'].map((host) => `${scheme}://${host}/`),
    );
    let seen = 0;
    for (const { name, page: pageOf, headers } of waysOut) {
      let drawn = false;
      const drawing = renderer
        .draw(`${origin.url}/page`, pageOf(urls), { headers: headers?.(urls) ?? {} })
        .catch(() => {}) // refused where it put another document in its own place
        .finally(() => {
          drawn = true;
        });
      const processes = processTree(browser);
      while (!drawn) {
        const sockets = socketsOf(processes);
        seen += sockets.length;
        assert.deepEqual(
          sockets.filter((socket) => !isHarmless(socket, gatePort)),
          [],
          name,
        );
        await pause(25);
      }
      await drawing;
    }
    assert.ok(seen > 0, 'its sockets were seen');
  });
});

/**
 * WebRTC opens UDP sockets before its policy keeps it from using them: on a port that the kernel chose, connected to
 * nothing. That they send nothing is what the canary shows.
 */
function isHarmless({ kind, local, remotePort, isListening }: Socket, gatePort: number): boolean {
  const isIdle = kind.startsWith('udp') && remotePort === 0 && /^0+:/.test(local) && !local.endsWith(`:${mdns}`);
  return isIdle || (kind === 'tcp' && !isListening && remotePort === gatePort);
}

const mdns = (5353).toString(16).toUpperCase();

describe('without a switch of the browser the canary hears', { skip: notLinux }, () => {
  for (const [switches, way] of [
    [['--proxy-server='], 'img'],
    [['--proxy-bypass-list='], 'img'],
    [['--force-webrtc-ip-handling-policy', '--webrtc-ip-handling-policy'], 'WebRTC, STUN'],
  ] as const) {
    it(`${switches[0]}: ${way}`, async () => {
      using without = await browserWithout(...switches);
      canary.heard.length = 0;
      await using renderer = await startTestRenderer({
        browser: without.program,
        proxyServer: gate.url,
        budget: milliseconds(3000),
      });
      const document = waysOut.find(({ name }) => name === way)?.page([`http://127.0.0.1:${canary.port}/`]) ?? '';
      await renderer.draw(`${origin.url}/page`, document);
      await until('the canary hears it', () => canary.heard.length > 0);
    });
  }
});
