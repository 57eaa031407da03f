import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathOf, startUntil } from '../processes.ts';
import { type Row, show } from '../statistics.ts';
import { keepCards } from './kept-cards.ts';
import { cpuTimes } from './load.ts';
import { startBare, startService } from './served.ts';

// More than connections, so that no two requests share a conditional fetch.
const pages = 256;
const kB = 60;

/** A stale card whose page answers `304`, beside a proxy that does nothing but ask and send as many bytes. */
export async function benchNotModified(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ogplus-304-'));
  try {
    await using site = await startUntil(process.execPath, [pathOf('./origin.ts')], {}, /^(\d+)\n/);
    const origin = `http://127.0.0.1:${site.match[1]}`;
    const dataDir = join(folder, 'data');
    const paths = Array.from({ length: pages }, (_, n) => `/asked/${n}`);
    const headers = [
      ['cache-control', 'no-cache'],
      ['etag', '"v1"'],
      ['content-type', 'text/html; charset=utf-8'],
    ] as const;
    const cards = await keepCards(dataDir, { origin, paths, headers, bytes: kB * 1000 });
    await using service = await startService(dataDir, `${cards}/asked/`, 1);
    await using proxy = await startBare('bare-proxy.ts', origin, String(kB * 1000));
    const [ours, theirs] = await cpuTimes([service, { ...proxy, url: `${proxy.url}asked/` }], pages);
    if (ours === undefined || theirs === undefined) throw new Error('Not both were measured.');
    return [
      {
        what: `CPU time of a card revalidated by 304 (µs), ${kB} kB`,
        ours: show(ours, 1),
        theirs: `node:http and undici ${show(theirs, 1)}`,
        ratio: (ours.median / theirs.median).toFixed(2),
        aim: '≤ 1.3',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
