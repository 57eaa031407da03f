import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { browsersOf } from './browsers.ts';
import type { Random } from './random.ts';

export interface FaultTarget {
  readonly service: number;
  /** The data folder; undefined where it has no disk of its own that may be filled. */
  readonly disk: string | undefined;
}

type Fault = (target: FaultTarget, random: Random) => Promise<void>;

const kinds = {
  browser: (command: string) => command.includes('--remote-debugging-pipe') && !command.startsWith('/bin/sh'),
  shell: (command: string) => command.startsWith('/bin/sh'),
  zygote: (command: string) => command.includes('--type=zygote'),
  renderer: (command: string) => command.includes('--type=renderer'),
  drawing: (command: string) => command.includes('--type=gpu-process'),
  network: (command: string) => command.includes('--type=utility'),
} as const;

/** One process, or all, of one kind. */
function strike(signal: 'SIGKILL' | 'SIGSTOP', kind: keyof typeof kinds, all: boolean): Fault {
  return async ({ service }, random) => {
    const { processes } = await browsersOf(service);
    const found = processes.filter(({ command }) => kinds[kind](command));
    if (found.length === 0) return;
    for (const { pid } of all ? found : [random.one(found)]) {
      try {
        process.kill(pid, signal);
      } catch {
        // it ended in this moment
      }
    }
  };
}

async function fillDisk({ disk }: FaultTarget): Promise<void> {
  if (disk === undefined) return;
  const path = join(disk, 'fill');
  try {
    for (let n = 0; n < 10_000; n++) writeFileSync(path, Buffer.alloc(1_000_000, n), { flag: 'a' });
  } catch {
    // it is full
  }
  await pause(5000);
  rmSync(path, { force: true });
}

export const faults: Readonly<Record<string, Fault>> = {
  ...Object.fromEntries(
    (['SIGKILL', 'SIGSTOP'] as const).flatMap((signal) =>
      (Object.keys(kinds) as Array<keyof typeof kinds>).flatMap((kind) =>
        [false, true].map((all) => [`${signal} ${all ? 'every' : 'one'} ${kind}`, strike(signal, kind, all)] as const),
      ),
    ),
  ),
  'disk full for 5 s': fillDisk,
};
