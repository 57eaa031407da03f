import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathOf, startUntil } from '../processes.ts';
import { type Row, show } from '../statistics.ts';
import { keepCards } from './kept-cards.ts';
import { costs, wrk } from './load.ts';
import { startBare, startService } from './served.ts';

// More than connections, so that no two requests share a conditional fetch.
const pages = 256;
const kB = 60;

/** A stale card whose page answers `304`, beside a proxy that does nothing but ask and send as many bytes. */
export async function benchNotModified(): Promise<Row[]> {
  const what = `CPU time of a card revalidated by 304 (µs), ${kB} kB`;
  if (wrk === undefined) return [{ what, ours: 'NOT MEASURED', theirs: 'install wrk', ratio: '', aim: '≤ 1.3' }];
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
    const script = join(folder, 'pages.lua');
    writeFileSync(
      script,
      `local n = 0\nfunction request()\n n = n + 1\n return wrk.format("GET", wrk.path .. n % ${pages})\nend\n`,
    );
    const [ours, theirs] = costs([service, { ...proxy, url: `${proxy.url}asked/` }], script);
    if (ours === undefined || theirs === undefined) return [];
    return [
      {
        what,
        ours: show(ours.cpu, 1),
        theirs: `node:http and undici ${show(theirs.cpu, 1)}`,
        ratio: show(ours.ratio, 2),
        aim: '≤ 1.3',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
