import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the service and all that it started take of the machine, now. */
export interface Usage {
  /** Resident memory of the service, MB. */
  readonly service: number;
  /** Of that, what no file holds: its heaps and stacks. */
  readonly own: number;
  /** Memory of its other processes, what they share counted once, MB. */
  readonly browser: number;
  /** Of that, what the largest browser takes for itself alone: one that is being replaced runs beside the next. */
  readonly largest: number;
  readonly processes: number;
  /** Time of a core that those of them that live have used, ms. */
  readonly coreTime: number;
  /** Open files and sockets of the service. */
  readonly handles: number;
}

export function usageOf(pid: number): Usage {
  const tree = processTree();
  const browsers = (tree.get(pid) ?? []).map((child) => familyOf(child, tree));
  const others = browsers.flat();
  const own = (one: number) =>
    kilobytes(`/proc/${one}/smaps_rollup`, 'Pss_Anon') + kilobytes(`/proc/${one}/smaps_rollup`, 'Pss_Shmem');
  const ownOf = (family: readonly number[]) => family.reduce((sum, one) => sum + own(one), 0) / 1024;
  return {
    service: kilobytes(`/proc/${pid}/status`, 'VmRSS') / 1024,
    own: kilobytes(`/proc/${pid}/status`, 'RssAnon') / 1024,
    browser: others.reduce((sum, one) => sum + kilobytes(`/proc/${one}/smaps_rollup`, 'Pss'), 0) / 1024,
    largest: Math.max(0, ...browsers.map(ownOf)),
    processes: 1 + others.length,
    coreTime: others.reduce((sum, one) => sum + coreTimeOf(one), 0),
    handles: entriesOf(`/proc/${pid}/fd`).length,
  };
}

/** The largest of each. */
export function most<Key extends string>(usages: ReadonlyArray<Readonly<Record<Key, number>>>): Record<Key, number> {
  const keys = Object.keys(usages[0] ?? {}) as Key[];
  return Object.fromEntries(keys.map((key) => [key, Math.max(...usages.map((usage) => usage[key]))])) as Record<
    Key,
    number
  >;
}

/** A process and all below it. */
function familyOf(pid: number, children: ReadonlyMap<number, readonly number[]>): number[] {
  return [pid, ...(children.get(pid) ?? []).flatMap((child) => familyOf(child, children))];
}

/** Every process of the machine, by its parent. */
function processTree(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const name of entriesOf('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = parentOf(name);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  return children;
}

function parentOf(pid: string): number {
  return Number(statOf(pid)[1]);
}

// Linux counts in hundredths of a second.
const tick = 10;

function coreTimeOf(pid: number): number {
  const [user = 0, system = 0] = statOf(pid).slice(11, 13).map(Number);
  return (user + system) * tick;
}

/** What the machine tells of a process behind its name, which may hold anything: its state, its parent and so on. */
function statOf(pid: number | string): string[] {
  return textOf(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
}

function kilobytes(path: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(textOf(path))?.[1] ?? 0);
}

// Processes end and files disappear while this reads them.
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The size of a folder's files, MB. */
export function megabytesBelow(folder: string): number {
  return bytesBelow(folder) / 1_000_000;
}

function bytesBelow(folder: string): number {
  let bytes = 0;
  for (const name of entriesOf(folder)) {
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) bytes += bytesBelow(path);
    else bytes += found?.size ?? 0;
  }
  return bytes;
}
