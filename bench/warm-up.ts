// `npm run bench:warm-up`: a warm-up of a sitemap of 2,000 pages to its end, beside people who ask for cold cards of another
// website. It is stopped and resumed again and again, so that the cards with and without it are measured in turns; then the
// service is killed, and started again. `npm run bench:warm-up -- 200` takes as many pages.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiKeyOf, secretKeyOf } from '../server/src/websites/keys.ts';
import { masterKey } from '../server/src/websites/master-key.ts';
import { serve } from './serve.ts';
import { show, summarise, timed } from './statistics.ts';
import { startSite } from './warm-up/site.ts';
import { addWebsites } from './websites.ts';

const pages = Number(process.argv[2] ?? 2000);
// Few pages are over before many cards were asked for.
const [turns, cardsPerTurn] = pages >= 1000 ? [6, 20] : [2, 5];
// Longer than a drawing: between two cards the service has time for the warm-up.
const betweenMs = 700;
const betweenAfterKillMs = 2000;
const progressEveryMs = 500;

interface Progress {
  readonly state: string;
  readonly pages: { readonly total: number; readonly done: number; readonly skipped: number; readonly failed: number };
}

const data = mkdtempSync(join(tmpdir(), 'ogplus-bench-warm-up-'));
const faults: string[] = [];
const began = performance.now();
const say = (what: string) => console.error(`${((performance.now() - began) / 1000).toFixed(0)} s: ${what}`);

try {
  await using warmed = await startSite(pages);
  await using shared = await startSite(0);
  const [ofWarmed, ofShared] = await addWebsites(data, [warmed.origin, shared.origin]);
  if (ofWarmed === undefined || ofShared === undefined) throw new Error('The websites were not made.');
  const secret = secretKeyOf(await masterKey({ dataDir: data }), ofWarmed.publicKey);
  const authorization = `Bearer ${apiKeyOf(ofWarmed.publicKey, secret)}`;
  let service = await serve(data);
  await using _stopped = { [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
  const call = async (path: string, method = 'GET', body?: object) => {
    const headers = { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const sent = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(`${service.match[1]}/api/v1${path}`, sent);
    if (!response.ok) throw new Error(`${method} ${path} answers ${response.status}: ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  const [{ id: websiteId }] = ((await call('/websites')) as { websites: Array<{ id: number }> }).websites as [
    { id: number },
  ];
  const warmups = `/websites/${websiteId}/warmups`;
  const made = (await call(warmups, 'POST', { consumers: ['generic'] })) as { id: number };
  const progress = async () => (await call(`${warmups}/${made.id}`)) as Progress;

  let asked = 0;
  const cold = async () => {
    const url = `${service.match[1]}/api/websites/v1/domain/${ofShared.publicKey}/image/live/${asked++}`;
    const response = await fetch(url);
    await response.arrayBuffer();
    if (response.status !== 200) faults.push(`a card answers ${response.status}`);
  };

  /** Looks at the progress until it is told to stop: it never goes back, and says what was really fetched. */
  let last = 0;
  const check = ({ state, pages: counted }: Progress) => {
    const through = counted.done + counted.skipped + counted.failed;
    const fetches = warmed.fetched.size;
    if (through < last) faults.push(`progress went back from ${last} to ${through}`);
    if (state !== 'reading' && state !== 'waiting' && counted.total !== pages)
      faults.push(`there are ${counted.total} pages while it is ${state}`);
    if (through > fetches) faults.push(`${through} pages are through, and ${fetches} were fetched`);
    last = through;
    return through;
  };
  const watching = new AbortController();
  let isDown = false;
  const watched = (async () => {
    while (!watching.signal.aborted) {
      if (!isDown)
        check(
          await progress().catch(() => ({ state: 'reading', pages: { total: 0, done: last, skipped: 0, failed: 0 } })),
        );
      await sleep(progressEveryMs, undefined, { signal: watching.signal }).catch(() => {});
    }
  })();
  const until = async (what: string, isSo: (progress: Progress) => boolean) => {
    for (;;) {
      const now = await progress();
      if (isSo(now)) return now;
      if (now.state === 'failed') throw new Error(`The warm-up failed before ${what}.`);
      await sleep(100);
    }
  };

  await until('it draws', ({ state, pages: { done } }) => state === 'drawing' && done > 3);
  for (let n = 0; n < 5; n++) await cold();
  const [during, alone]: [number[], number[]] = [[], []];
  let drawnBeside = 0;
  for (let turn = 0; turn < turns; turn++) {
    const before = last;
    for (let n = 0; n < cardsPerTurn; n++) {
      during.push(await timed(cold));
      await sleep(betweenMs);
    }
    drawnBeside += check(await progress()) - before;
    await call(`${warmups}/${made.id}`, 'DELETE');
    const stopped = warmed.fetched.size;
    for (let n = 0; n < cardsPerTurn; n++) {
      alone.push(await timed(cold));
      await sleep(betweenMs);
    }
    // The page that was under way when it was stopped may have ended since.
    if (warmed.fetched.size > stopped + 1)
      faults.push(`${warmed.fetched.size - stopped} pages were fetched while it was stopped`);
    await call(`${warmups}/${made.id}/resume`, 'POST');
    say(`turn ${turn + 1} of ${turns}, ${last} of ${pages} pages`);
  }

  await until('half of it', () => last >= pages / 2);
  isDown = true;
  service.child.kill('SIGKILL');
  await new Promise((resolve) => service.child.once('close', resolve));
  const atKill = last;
  say(`killed at ${atKill} pages`);
  service = await serve(data);
  isDown = false;
  const killedAt = performance.now();
  await until('it goes on', () => last > atKill);
  const takenUp = performance.now() - killedAt;
  say(`taken up after ${(takenUp / 1000).toFixed(1)} s`);
  const live = new AbortController();
  const asking = (async () => {
    while (!live.signal.aborted) {
      await cold();
      await sleep(betweenAfterKillMs);
    }
  })();
  const end = await until('its end', ({ state }) => state === 'done');
  live.abort();
  await asking;
  watching.abort();
  await watched;

  const { total, done, skipped, failed } = end.pages;
  if (total !== pages || done + skipped !== pages || failed !== 0)
    faults.push(`it ended with ${JSON.stringify(end.pages)}`);
  const twice = [...warmed.fetched.values()].filter((times) => times > 1).length;
  // The page that was under way when the service was killed.
  if (warmed.fetched.size !== pages || twice > 1)
    faults.push(`${warmed.fetched.size} pages were fetched, ${twice} of them twice`);
  const [a, b] = [summarise(during), summarise(alone)];
  const [cpu] = cpus();
  console.log(
    `${cpu?.model ?? 'CPU'} × ${cpus().length}, Node ${process.version}, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')}`,
  );
  console.log(
    `${pages} pages in ${((performance.now() - began) / 60_000).toFixed(1)} minutes, stopped and resumed ${turns} times`,
  );
  console.log(
    `cold card beside the warm-up: ${show(a)} ms; while it was stopped: ${show(b)} ms; ratio ${(a.median / b.median).toFixed(2)} (aim ≤ 1.3)`,
  );
  console.log(
    `${drawnBeside} pages drawn meanwhile; ${done} drawn in all, ${skipped} fresh already, ${failed} failed; ${twice} fetched twice`,
  );
  console.log(`killed at ${atKill} pages; the next service went on ${(takenUp / 1000).toFixed(1)} s after its start`);
  for (const fault of new Set(faults)) console.log(`FAULT: ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  rmSync(data, { recursive: true, force: true });
}
