import type { StoreMeasure } from '../store/ports/store.ts';
import { bad, type Finding, hint } from './doctor/check.ts';
import { diskFinding } from './doctor/disk.ts';
import type { KnownNode } from './node-reporting.ts';
import type { NodeStatus } from './node-status.ts';

/** What the owner of the service should know, and how to fix it. */
export type Concern = Exclude<Finding, { level: 'good' }> & {
  /** The machine that it is about; null where it is about all. */
  readonly node: string | null;
};

/** What concerns are found in. */
export interface Looked {
  readonly nodes: readonly KnownNode[];
  /** Why the store does not answer, as sentences, in place of its measure. */
  readonly store: StoreMeasure | { readonly failure: string };
  readonly pictureBytes: number | null;
  readonly pictureBudget: number;
}

// The share of a limit from which it counts as nearly used up.
const nearly = 0.9;
// Every card that is not in memory waits for several answers.
const slowMs = 100;

/** Worst first; none where all is well. Pure. */
export function concernsOf(looked: Looked): Concern[] {
  const { nodes, store } = looked;
  const found: Concern[] = [];
  if ('failure' in store) {
    const mend = 'Kept cards are still sent, and new ones are drawn. No restart is needed once the database is back.';
    found.push({ ...bad(`The database does not answer: ${store.failure}`, mend), node: null } as Concern);
  } else if (store.latency > slowMs) {
    const says = `The database takes ${Math.round(store.latency)} ms for one row`;
    found.push({ ...hint(says, 'Check whether its machine is busy or far away.'), node: null } as Concern);
  }
  const isAlone = nodes.length === 1;
  for (const { status, alive, at } of nodes) {
    if (status === null) continue;
    const node = isAlone ? null : status.name;
    const concerns = alive ? nodeConcerns(status, looked) : [silent(status.name, at)];
    for (const concern of concerns) if (concern.level !== 'good') found.push({ ...concern, node });
  }
  const versions = new Set(nodes.filter(({ alive }) => alive).map(({ status }) => status?.version ?? 'another one'));
  if (versions.size > 1) {
    const says = `Nodes run different versions: ${[...versions].join(', ')}`;
    found.push({
      ...hint(says, 'Wait until the rollout ends, or update all nodes to one version.'),
      node: null,
    } as Concern);
  }
  return [...found.filter(({ level }) => level === 'bad'), ...found.filter(({ level }) => level === 'hint')];
}

function silent(name: string, at: number): Finding {
  const since = new Date(at).toISOString();
  const mend = 'It was killed, or cannot reach the database. Check its machine and its log.';
  return hint(`${name} has not reported since ${since}`, mend);
}

function nodeConcerns(status: NodeStatus, { pictureBytes, pictureBudget }: Looked): Finding[] {
  const { drawing, requests, memory, disk } = status;
  return [
    ...browser(drawing),
    ...queue(drawing),
    ...(requests.connections > requests.mostConnections * nearly
      ? [
          hint(
            `${requests.connections} of ${requests.mostConnections} connections are open`,
            'Raise OGPLUS_MAX_CONNECTIONS, or add a node.',
          ),
        ]
      : []),
    ...memoryOf(memory, drawing),
    ...(disk === null
      ? [bad('The data folder cannot be read', 'Put it back, and give the service the right to read and write it.')]
      : [diskFinding({ free: disk.free, kept: pictureBytes ?? 0, budget: pictureBudget, place: 'the data folder' })]),
  ];
}

function browser({ browser: { state, failure, asRoot, sandboxed } }: NodeStatus['drawing']): Finding[] {
  if (state === 'failing') {
    const mend = 'Run the checks to see why. Kept cards are still sent.';
    return [bad(`The browser does not start: ${failure ?? 'it exited'}`, mend)];
  }
  if (asRoot && sandboxed === false)
    return [bad('The browser runs as root and without its sandbox', 'Run the service as a user of its own.')];
  return [];
}

function queue({ waiting, queueLimit, places }: NodeStatus['drawing']): Finding[] {
  if (waiting === 0) return [];
  const mend = 'Add renderers (OGPLUS_RENDERERS, one for each core) or another node.';
  if (waiting >= queueLimit)
    return [bad(`The queue is full: ${waiting} cards wait, and further ones are refused`, mend)];
  return waiting > Math.max(places * 4, queueLimit / 2) ? [hint(`${waiting} cards wait for a renderer`, mend)] : [];
}

function memoryOf(memory: NodeStatus['memory'], { browser: of }: NodeStatus['drawing']): Finding[] {
  const used = memory.service + memory.workers + (of.memory ?? 0);
  const found: Finding[] = [];
  if (of.memory !== null && of.memoryLimit !== null && of.memory > of.memoryLimit * nearly) {
    const mend = 'Raise OGPLUS_BROWSER_MEMORY_MB, or draw fewer cards at once (OGPLUS_RENDERERS).';
    found.push(hint('The browsers use nearly all the memory that they are allowed', mend));
  }
  if (used > memory.limit * nearly) {
    const mend = 'Give the machine or container more memory, or draw fewer cards at once (OGPLUS_RENDERERS).';
    found.push(bad('Nearly all memory of the machine is used', mend));
  }
  return found;
}
