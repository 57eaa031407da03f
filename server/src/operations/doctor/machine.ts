import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../../config.ts';
import { connectionsWithin, openFilesLimit, scarcities } from '../../machine-limits.ts';
import { bad, type Check, good, hint } from './check.ts';
import { diskFinding } from './disk.ts';

// Tokens, cookies and freshness count in seconds; HTTP's own dates have no finer grain.
const mostSecondsOff = 5;
const timeoutMs = 5000;

/** Asks as any program does: for commands, which a person runs. */
export const plainDateOf: DateOf = async (origin) => {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(origin, { method: 'HEAD', redirect: 'manual', signal }).catch(() => undefined);
  return response?.headers.get('date');
};

/** The `Date` that a website answers with; undefined where it does not answer. */
export type DateOf = (origin: string) => Promise<string | null | undefined>;

export interface MachineChecksOptions {
  readonly origins: () => Promise<readonly string[]>;
  readonly dateOf: DateOf;
  /** Bytes of the pictures that are kept. */
  readonly kept?: () => Promise<number>;
}

export function machineChecks(
  config: Config,
  { origins, dateOf, kept = async () => 0 }: MachineChecksOptions,
): Check[] {
  return [
    { name: 'node', find: async () => good(`Node ${process.version}`) },
    { name: 'disk', find: async () => disk(config, await kept()) },
    { name: 'open files', find: async () => openFiles(config) },
    { name: 'resources', find: async () => resources() },
    { name: 'clock', find: async () => clock(await origins(), dateOf) },
  ];
}

async function disk({ dataDir, diskBudgetBytes: budget }: Config, kept: number) {
  let folder = dataDir;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  return diskFinding({ free: bavail * bsize, kept, budget, place: dataDir });
}

function openFiles({ maxConnections, renderers }: Config) {
  const limit = openFilesLimit();
  const connections = connectionsWithin(limit, maxConnections, renderers);
  if (connections >= maxConnections) return good(limit === undefined ? 'as many as needed' : `${limit} may be open`);
  return hint(
    `${limit} may be open: that is enough for ${connections} connections, not for the ${maxConnections} of OGPLUS_MAX_CONNECTIONS`,
    'Raise the limit (LimitNOFILE= of systemd, --ulimit nofile= of a container), or lower the setting.',
  );
}

function resources() {
  const [scarce] = scarcities();
  return scarce === undefined ? good('enough for a browser') : bad(scarce.says.replace(/\.$/, ''), scarce.mend);
}

/** Compares with the clocks of the websites: freshness is judged by both. */
async function clock(origins: readonly string[], dateOf: DateOf) {
  for (const origin of origins) {
    const sent = Date.now();
    const date = Date.parse((await dateOf(origin)) ?? '');
    if (Number.isNaN(date)) continue;
    // The date has whole seconds, of a moment between sending and receiving.
    const early = Math.max(0, sent - (date + 1000)) / 1000;
    const late = Math.max(0, date - Date.now()) / 1000;
    const off = Math.round(Math.max(early, late));
    if (off <= mostSecondsOff) return good(`agrees with ${origin}`);
    return bad(
      `${off} s ${early > 0 ? 'ahead of' : 'behind'} the clock of ${origin}`,
      'Turn on time synchronisation (timedatectl set-ntp true), or tell the owner of the website that its clock is wrong.',
    );
  }
  const mend = 'Add a website that answers, and run this again; or compare it by hand: date -u';
  return hint('not compared: no website of the data folder answered', mend);
}
