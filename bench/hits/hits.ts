import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Row, show } from '../statistics.ts';
import { keepCards } from './kept-cards.ts';
import { costs, wrk } from './load.ts';
import { startBare, startNginx, startService } from './served.ts';

/** A fresh card beside bare `node:http` and nginx that write as many bytes, in CPU time and requests a second. */
export async function benchHits(kB: number, workers: number): Promise<Row[]> {
  const of = `${kB} kB, ${workers === 1 ? 'one process' : `${workers} workers`}`;
  const what = `CPU time of a fresh card (µs), ${of}`;
  if (wrk === undefined) return [{ what, ours: 'NOT MEASURED', theirs: 'install wrk', ratio: '', aim: '≤ 1.15' }];
  const folder = mkdtempSync(join(tmpdir(), 'ogplus-hits-'));
  try {
    const dataDir = join(folder, 'data');
    const headers = [['cache-control', 'max-age=86400']] as const;
    const kept = { origin: 'https://site.example', paths: ['/card'], headers, bytes: kB * 1000 };
    const cards = await keepCards(dataDir, kept);
    await using service = await startService(dataDir, `${cards}/card`, workers);
    await using bare = await startBare('bare-http.ts', String(kept.bytes));
    await using nginx = await startNginx(folder, kept.bytes, workers);
    const [ours, theirs, its] = costs([service, bare, ...(nginx === undefined ? [] : [nginx])]);
    if (ours === undefined || theirs === undefined) return [];
    const nginxs = its === undefined ? '' : `; nginx ${show(its.cpu, 1)}`;
    const nginxsRate = its === undefined ? '' : `; nginx ${show(its.perSecond, 0)}`;
    return [
      {
        what,
        ours: show(ours.cpu, 1),
        theirs: `node:http ${show(theirs.cpu, 1)}${nginxs}`,
        ratio: show(ours.ratio, 2),
        aim: '≤ 1.15',
      },
      {
        what: `fresh cards a second, ${of}`,
        ours: show(ours.perSecond, 0),
        theirs: `node:http ${show(theirs.perSecond, 0)}${nginxsRate}`,
        ratio: (ours.perSecond.median / theirs.perSecond.median).toFixed(2),
        aim: workers === 1 ? '≥ 0.9' : 'more than one process',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
