import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { consumerNamed } from '../model/consumers.ts';
import { ownSitemap } from '../warmups/own-sitemap.ts';
import type { ShownWarmup } from '../warmups/shown-warmup.ts';
import { parseOrigin } from '../websites/parse.ts';
import type { Backend, ListedWebsite, WantedWarmup } from './backend/backend.ts';
import { openBackend, websiteOf } from './backend/open-backend.ts';
import { untilStopped } from './development/until-stopped.ts';
import { argument, counted, endsBadly, isWatched, note, print, printJson, terminal } from './terminal.ts';

interface WarmOptions {
  readonly sitemap?: string;
  readonly consumers?: string;
  readonly json?: boolean;
}

// A running service starts a warm-up within a second.
const serviceTakesMs = 4000;
const lookEveryMs = 500;
const shownFailures = 20;

export function addWarmCommand(program: Command, config: () => Config): void {
  program
    .command('warm <origin>')
    .description("draw the cards of a website's pages that are not fresh, before anybody shares them")
    .option('--sitemap <url>', 'a sitemap of the website; without it, the one in its robots.txt, or /sitemap.xml')
    .option(
      '--consumers <names>',
      'networks, comma-separated; without it, those that requested cards in the last 30 days',
    )
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Ctrl-C stops it; the same command resumes it. A running service does the work, or else this command.

Example:
  npx ogplus warm https://example.com --consumers facebook,slack`,
    )
    .action((origin: string, options: WarmOptions) => warm(config(), origin, options));
}

async function warm(config: Config, address: string, options: WarmOptions): Promise<void> {
  const origin = argument(() => parseOrigin(address));
  const { sitemap } = options;
  const wanted = {
    sitemap: sitemap === undefined ? null : argument(() => ownSitemap(origin, sitemap)),
    consumers: options.consumers?.split(',').map((name) => argument(() => consumerOf(name.trim()))),
  };
  await using backend = await openBackend(config);
  const website = await websiteOf(backend, origin);
  const id = await untilStopped(async (signal) => {
    const started = await startOrResume(backend, website, wanted);
    await until(backend, website, started.id, signal);
    if (signal.aborted) await backend.warmups.stop(website, started.id);
    return started.id;
  });

  const warmup = await backend.warmups.find(website, id);
  const remarks = await backend.warmups.remarks(website, id);
  const failures = remarks.filter(({ outcome }) => outcome === 'failed');
  if (options.json === true) {
    printJson({ ...warmup, remarks, failures: failures.map(({ target, why }) => ({ url: origin + target, why })) });
  } else {
    print(summary(warmup));
    for (const { target, why } of failures.slice(0, shownFailures)) print(`  ${origin}${target}: ${why}`);
  }
  if (warmup.state !== 'done' || warmup.pages.failed > 0) endsBadly();
}

function consumerOf(name: string): string {
  const consumer = consumerNamed(name);
  if (consumer === undefined) throw new Error(`--consumers: there is no consumer "${name}".`);
  return consumer.name;
}

/** A new warm-up, the one that is running, or the last one if it ended early and was like this one. */
async function startOrResume({ warmups }: Backend, website: ListedWebsite, wanted: WantedWarmup): Promise<ShownWarmup> {
  const last = await warmups.last(website);
  const isAlike =
    last !== undefined &&
    last.namedPages === null &&
    last.sitemap === wanted.sitemap &&
    (wanted.consumers === undefined || wanted.consumers.join() === last.consumers.join());
  if (!isAlike || last.state === 'done') return warmups.start(website, wanted);
  return last.endedAt === null ? last : warmups.resume(website, last.id);
}

/** Waits for the end, and does the work if nobody else has begun it. */
async function until(backend: Backend, website: ListedWebsite, id: number, stop: AbortSignal): Promise<void> {
  await using parts = new AsyncDisposableStack();
  let isBegun = backend.warmups.worker === undefined;
  for (let waited = 0; !stop.aborted; waited += lookEveryMs) {
    const warmup = await backend.warmups.find(website, id);
    const isOver = warmup.endedAt !== null;
    if (isWatched()) terminal().errors.write(isOver ? '\r\x1b[K' : `\r\x1b[K${progressLine(warmup)}`);
    if (isOver) return;
    isBegun ||= warmup.state !== 'waiting';
    if (!isBegun && waited >= serviceTakesMs && backend.warmups.worker !== undefined) {
      note('No service runs on this data folder: this command draws the cards.');
      parts.use(await backend.warmups.worker());
      isBegun = true;
    }
    await sleep(lookEveryMs, undefined, { signal: stop }).catch(() => {}); // stopped
  }
  if (isWatched()) terminal().errors.write('\r\x1b[K');
}

const barWidth = 24;

function progressLine(warmup: ShownWarmup): string {
  const { state, pages, secondsLeft } = warmup;
  if (state === 'waiting') return 'Starting…';
  if (state === 'reading') return `Reading the sitemap… ${counted(pages.total, 'page')}`;
  const through = pages.done + pages.skipped + pages.failed;
  const full = Math.floor((barWidth * through) / Math.max(1, pages.total));
  const left = secondsLeft === null ? '' : `, ${timeOf(secondsLeft)} left`;
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${through}/${pages.total}: ${counts(warmup)}${left}`;
}

function counts({ pages: { done, skipped, failed } }: ShownWarmup): string {
  return `${done} drawn, ${skipped} skipped, ${failed} failed`;
}

function timeOf(seconds: number): string {
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${h > 0 ? `${h}:` : ''}${String(m).padStart(h > 0 ? 2 : 1, '0')}:${String(s).padStart(2, '0')}`;
}

function summary(warmup: ShownWarmup): string {
  const { state, note: said, pages } = warmup;
  const figures = `${counted(pages.total, 'page')}: ${counts(warmup)}.`;
  if (state === 'done') return said === null ? figures : `${figures} ${said}`;
  return state === 'failed'
    ? `It failed. ${said ?? ''}\n${figures} Run the same command to resume it.`
    : `Stopped. ${figures} Run the same command to resume it.`;
}
