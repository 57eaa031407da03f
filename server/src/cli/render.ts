import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { allConsumers, consumerNamed } from '../model/consumers.ts';
import type { PictureType } from '../model/picture.ts';
import { pictureHash } from '../model/picture-hash.ts';
import { parsePageUrl } from '../websites/parse.ts';
import { followPage } from './development/follow-page.ts';
import { type DrawnCard, openPageDrawer } from './development/page-drawer.ts';
import { untilStopped } from './development/until-stopped.ts';
import { argument, CommandError, note, print, UsageError, withSpinner } from './terminal.ts';
import { checkWritable } from './writable.ts';

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

export function addRenderCommand(program: Command, config: () => Config): void {
  program
    .command('render <pageUrl>')
    .description('draw one card to a file; needs no service, works with localhost')
    .requiredOption('--out <file>', 'the file to write: .png, .jpg or .webp')
    .option('--consumer <name>', 'draw it for this network: twitter, slack, whatsapp…', 'generic')
    .option('--watch', 'draw it again when the page, its styles or its scripts change, until Ctrl-C')
    .addHelpText('after', '\nExample:\n  npx ogplus render http://localhost:8000/ --out card.png --consumer twitter')
    .action((pageUrl: string, options: RenderOptions) => render(config(), pageUrl, options));
}

async function render(config: Config, pageUrl: string, { out, consumer: name, watch }: RenderOptions): Promise<void> {
  const consumer = consumerNamed(name);
  if (consumer === undefined) {
    const known = allConsumers.map((one) => one.name).join(', ');
    throw new UsageError(`There is no consumer "${name}". The consumers are ${known}.`);
  }
  const type = types[extname(out).toLowerCase()];
  if (type === undefined) throw new UsageError(`--out ${out}: the file name must end in .png, .jpg or .webp.`);
  argument(() => parsePageUrl(pageUrl));
  await checkWritable('--out', out);
  const spec = { ...consumer.spec, formats: [type] };
  await using drawer = await openPageDrawer(config);

  const write = async (card: DrawnCard): Promise<void> => {
    const { bytes, width, height, complete, remarks, selectorIgnored } = card;
    await writeFile(out, bytes);
    print(`${out}: ${width}×${height}, ${Math.ceil(bytes.length / 1000)} kB, for ${consumer.label}`);
    if (selectorIgnored !== undefined) print(`og:plus:selector was ignored: ${selectorIgnored}.`);
    for (const remark of remarks) print(remark);
    if (!complete) print('The service would not keep this picture.');
  };

  if (watch !== true) {
    const page = await withSpinner(`Fetching ${pageUrl}`, drawer.fetch(pageUrl));
    const card = await withSpinner('Drawing', drawer.draw(drawer.prepare(page, spec)));
    if (card.failure !== undefined) throw new CommandError(`The page could not be drawn. ${card.failure}`);
    await write(card);
    reportErrors(card.errors);
    return;
  }

  const reported = new Set<string>();
  let last = '';
  const draw = async (page: Awaited<ReturnType<typeof drawer.fetch>>) => {
    const card = await withSpinner('Drawing', drawer.draw(drawer.prepare(page, spec)));
    const seen = card.failure ?? pictureHash(card.bytes);
    const isNew = seen !== last;
    last = seen;
    if (isNew && card.failure === undefined) await write(card);
    else if (isNew) note(`The page could not be drawn. ${card.failure}`);
    if (card.failure === undefined) reportErrors(card.errors.filter((error) => !reported.has(error)));
    for (const error of card.errors) reported.add(error);
    return { code: card.observation?.code ?? [], isNew };
  };
  await untilStopped((signal) => followPage(drawer, pageUrl, { draw, fail: note }, signal));
}

/** Errors of the page, which was drawn nevertheless. */
function reportErrors(errors: readonly string[]): void {
  for (const error of errors) note(`The page reports: ${error}`);
}
