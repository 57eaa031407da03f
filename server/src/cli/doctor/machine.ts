import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../../config.ts';
import { connectionsWithin, openFilesLimit, scarcities } from '../../machine-limits.ts';
import { bad, type Check, good, hint } from './check.ts';

const MB = 1_000_000;
// A database grows and pictures come; with less, the service is soon full.
const leastFreeMB = 500;
// Tokens, cookies and freshness count in seconds; HTTP's own dates have no finer grain.
const mostSecondsOff = 5;
const timeoutMs = 5000;

export function machineChecks(config: Config, origins: () => Promise<readonly string[]>): Check[] {
  return [
    { name: 'node', find: async () => good(`Node ${process.version}`) },
    { name: 'disk', find: () => disk(config) },
    { name: 'open files', find: async () => openFiles(config) },
    { name: 'resources', find: async () => resources() },
    { name: 'clock', find: async () => clock(await origins()) },
  ];
}

async function disk({ dataDir, diskBudgetBytes }: Config) {
  let folder = dataDir;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / MB;
  const says = `${Math.floor(free)} MB free for ${dataDir}`;
  if (free < leastFreeMB) return bad(says, `Make room: the service needs ${leastFreeMB} MB at least.`);
  if (free * MB < diskBudgetBytes) {
    const mend = `Make room, or let the service keep less: OGPLUS_DISK_BUDGET_MB=${Math.floor(free / 2)}`;
    return hint(`${says}, less than the pictures may take (OGPLUS_DISK_BUDGET_MB, ${diskBudgetBytes / MB} MB)`, mend);
  }
  return good(says);
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
async function clock(origins: readonly string[]) {
  for (const origin of origins) {
    const sent = Date.now();
    const response = await fetch(origin, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(() => undefined);
    const date = Date.parse(response?.headers.get('date') ?? '');
    if (Number.isNaN(date)) continue;
    // The date has whole seconds, of a moment between sending and receiving.
    const early = Math.max(0, sent - (date + 1000)) / 1000;
    const late = Math.max(0, date - Date.now()) / 1000;
    const off = Math.round(Math.max(early, late));
    if (off <= mostSecondsOff) return good(`agrees with ${origin}`);
    return bad(
      `${off} s ${early > 0 ? 'ahead of' : 'behind'} the clock of ${origin}`,
      'Let the system set its clock (timedatectl set-ntp true), or tell the website’s owner that theirs is wrong.',
    );
  }
  const mend = 'Add a website that answers, and run this again; or compare it by hand: date -u';
  return hint('not compared: no website of the data folder answered', mend);
}
