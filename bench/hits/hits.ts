import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Row, type Summary, show } from '../statistics.ts';
import { keepCards } from './kept-cards.ts';
import { cpuTimes, rates } from './load.ts';
import { startBare, startNginx, startService } from './served.ts';

/** A fresh card beside bare `node:http` and nginx that write as many bytes, in CPU time and requests a second. */
export async function benchHits(kB: number, workers: number): Promise<Row[]> {
  const of = `${kB} kB, ${workers === 1 ? 'one process' : `${workers} workers`}`;
  const folder = mkdtempSync(join(tmpdir(), 'ogplus-hits-'));
  try {
    const dataDir = join(folder, 'data');
    const headers = [['cache-control', 'max-age=86400']] as const;
    const kept = { origin: 'https://site.example', paths: ['/card'], headers, bytes: kB * 1000 };
    const cards = await keepCards(dataDir, kept);
    await using service = await startService(dataDir, `${cards}/card`, workers);
    await using bare = await startBare('bare-http.ts', String(kept.bytes));
    await using several =
      workers === 1 ? undefined : await startBare('bare-http.ts', String(kept.bytes), String(workers));
    await using nginx = await startNginx(folder, kept.bytes, workers);
    const others = [
      ...(several === undefined ? [] : [{ name: `node:http in ${workers} workers`, server: several }]),
      ...(nginx === undefined ? [] : [{ name: 'nginx', server: nginx }]),
    ];
    const served = [service, bare, ...others.map(({ server }) => server)];
    const row = (what: string, aim: string, found: readonly Summary[], digits: number): Row => {
      const [ours, theirs, ...rest] = found;
      if (ours === undefined || theirs === undefined) throw new Error('Not all were measured.');
      const beside = rest.map((its, at) => `; ${others[at]?.name} ${show(its, digits)}`).join('');
      const ratio = (ours.median / theirs.median).toFixed(2);
      return { what, ours: show(ours, digits), theirs: `node:http ${show(theirs, digits)}${beside}`, ratio, aim };
    };
    const perSecond = rates(served);
    const aim = workers === 1 ? '≥ 0.9' : 'more than one process';
    return [
      row(`CPU time of a fresh card (µs), ${of}`, '≤ 1.15', await cpuTimes(served), 1),
      ...(perSecond === undefined ? [] : [row(`fresh cards a second, ${of}`, aim, perSecond, 0)]),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
