import { writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { renderOptionsOf } from '../cards/render-options.ts';
import type { Config } from '../config.ts';
import { DocumentReader } from '../document/document-reader.ts';
import { consumerNamed } from '../model/consumers.ts';
import type { PictureType } from '../model/picture.ts';
import type { PictureSpec } from '../model/picture-spec.ts';
import { openGate } from '../origin/gate.ts';
import type { Guard } from '../origin/guard.ts';
import { pageLimits } from '../page-limits.ts';
import { type PreparedDocument, prepareDocument } from '../render/document/prepare-document.ts';
import { startRenderer } from '../render/start-renderer.ts';
import { commandGuard, fetchPage } from './fetch-page.ts';
import { CommandError, print, withSpinner } from './terminal.ts';

const types: Readonly<Record<string, PictureType>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};

interface RenderOptions {
  readonly out: string;
  readonly consumer: string;
  readonly watch?: boolean;
}

// As often as a person saves; each look is one request to the page.
const lookEvery = 1000;

export function addRenderCommand(program: Command, config: () => Config): void {
  program
    .command('render <pageUrl>')
    .description('draw one card into a file; no service needed, localhost too')
    .requiredOption('--out <file>', 'where to write it: .png, .jpg or .webp')
    .option('--consumer <name>', 'draw it for this network: twitter, slack, whatsapp…', 'generic')
    .option('--watch', 'draw it again whenever the page changes, until Ctrl-C')
    .addHelpText('after', '\nExample:\n  npx ogplus render http://localhost:8000/ --out card.png --consumer twitter')
    .action((pageUrl: string, options: RenderOptions) => render(config(), pageUrl, options));
}

async function render(config: Config, pageUrl: string, options: RenderOptions): Promise<void> {
  const consumer = consumerNamed(options.consumer);
  if (consumer === undefined) throw new CommandError(`There is no consumer "${options.consumer}".`);
  const type = types[extname(options.out).toLowerCase()];
  if (type === undefined) throw new CommandError(`--out ${options.out}: the name must end in .png, .jpg or .webp.`);
  const frame = { ...consumer.spec, formats: [type] };

  const guard = commandGuard(config);
  await using gate = await openGate(guard);
  await using reader = new DocumentReader({ queueLimit: 1 });
  await using renderer = await startRenderer({
    browser: config.browser,
    renderers: 1,
    queueLimit: 1,
    budget: config.renderBudget,
    pageLife: config.pageLife,
    read: (...document) => reader.read(...document),
    browserMemory: config.browserMemoryBytes,
    proxyServer: gate.url,
    pageLimits: pageLimits(guard, config),
    fontsDir: join(config.dataDir, 'fonts'),
    log: { info() {}, warn: (facts, message) => process.stderr.write(`${message}: ${JSON.stringify(facts)}\n`) },
  });
  const look = () => withSpinner(`Fetching ${pageUrl}`, fetchDocument(config, pageUrl, guard, frame));
  const draw = async (document: PreparedDocument): Promise<void> => {
    const drawing = renderer.render({ document, partition: 'command' });
    const { bytes, width, height, complete, selectorIgnored } = await withSpinner('Drawing', drawing);
    await writeFile(options.out, bytes);
    print(`${options.out}: ${width}×${height}, ${Math.ceil(bytes.length / 1000)} kB, for ${consumer.label}`);
    if (selectorIgnored !== undefined) print(`og:plus:selector was ignored: ${selectorIgnored}.`);
    if (!complete) print('The page was not ready in time; this is what was there.');
  };
  if (options.watch === true) await watch(look, draw);
  else await draw(await look());
}

async function fetchDocument(
  config: Config,
  pageUrl: string,
  guard: Guard,
  frame: PictureSpec,
): Promise<PreparedDocument> {
  const { fetched, tags } = await fetchPage(config, pageUrl, guard);
  if (fetched.kind !== 'document') throw new CommandError(`The page answers ${fetched.head.status}.`);
  const { head, body, charset, reading } = fetched;
  const page = { url: head.url, status: head.status, headers: head.headers, body, charset, reading };
  return prepareDocument(page, frame, renderOptionsOf(tags));
}

/** Looks at the page over and over and draws what changed; ends with Ctrl-C. What goes wrong is said, once. */
async function watch(look: () => Promise<PreparedDocument>, draw: (document: PreparedDocument) => Promise<void>) {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  let drawn = '';
  let said = '';
  while (!stop.signal.aborted) {
    try {
      const document = await look();
      if (document.fingerprint !== drawn) await draw(document);
      drawn = document.fingerprint;
      said = '';
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== said) process.stderr.write(`${message}\n`);
      said = message;
    }
    await pause(lookEvery, undefined, { signal: stop.signal }).catch(() => {}); // stopped
  }
}
