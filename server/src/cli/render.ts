import { writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Command } from 'commander';
import { consumerNamed } from '../cards/consumers.ts';
import { wishesOf } from '../cards/wishes.ts';
import type { Config } from '../config.ts';
import { openGate } from '../origin/gate.ts';
import { prepareDocument } from '../render/prepare-document.ts';
import { startRenderer } from '../render/start-renderer.ts';
import type { PictureType } from '../store/store.ts';
import { commandGuard, fetchPage } from './fetch-page.ts';
import { CommandError, print, withSpinner } from './terminal.ts';

const types: Readonly<Record<string, PictureType>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
};

export function addRenderCommand(program: Command, config: () => Config): void {
  program
    .command('render <pageUrl>')
    .description('draw one card into a file; no service needed, localhost too')
    .requiredOption('--out <file>', 'where to write it: .png, .jpg or .webp')
    .option('--consumer <name>', 'draw it for this network: twitter, slack, whatsapp…', 'generic')
    .addHelpText('after', '\nExample:\n  npx ogplus render http://localhost:8000/ --out card.png --consumer twitter')
    .action((pageUrl: string, options: { out: string; consumer: string }) => render(config(), pageUrl, options));
}

async function render(config: Config, pageUrl: string, options: { out: string; consumer: string }): Promise<void> {
  const consumer = consumerNamed(options.consumer);
  if (consumer === undefined) throw new CommandError(`There is no consumer "${options.consumer}".`);
  const type = types[extname(options.out).toLowerCase()];
  if (type === undefined) throw new CommandError(`--out ${options.out}: the name must end in .png, .jpg or .webp.`);

  const guard = commandGuard(config);
  await using gate = await openGate(guard);
  await using renderer = await startRenderer({
    browser: config.browser,
    renderers: 1,
    queueLimit: 1,
    budget: config.renderBudget,
    proxyServer: gate.url,
    fontsDir: join(config.dataDir, 'fonts'),
    log: { info() {}, warn: (facts, message) => process.stderr.write(`${message}: ${JSON.stringify(facts)}\n`) },
  });
  const { fetched, tags } = await withSpinner(`Fetching ${pageUrl}`, fetchPage(config, pageUrl, guard));
  if (fetched.kind !== 'document') throw new CommandError(`The page answers ${fetched.head.status}.`);
  const { head, body } = fetched;
  const page = { url: head.url, status: head.status, headers: head.headers, body };
  const document = prepareDocument(page, { ...consumer.frame, formats: [type] }, wishesOf(tags));
  const drawing = renderer.render({ document, partition: 'command' });
  const { bytes, width, height, complete, selectorIgnored } = await withSpinner('Drawing', drawing);
  await writeFile(options.out, bytes);
  print(`${options.out}: ${width}×${height}, ${Math.ceil(bytes.length / 1000)} kB, for ${consumer.label}`);
  if (selectorIgnored !== undefined) print(`og:plus:selector was ignored: ${selectorIgnored}.`);
  if (!complete) print('The page was not ready in time; this is what was there.');
}
