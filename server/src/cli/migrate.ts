import { constants, existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { movePictures } from '../store/move/move-pictures.ts';
import { moveRecords, type OnProgress } from '../store/move/move-records.ts';
import {
  openPictures,
  openRecords,
  parseStorePlace,
  picturesNameOf,
  recordsNameOf,
  type StorePlace,
} from '../store/move/store-place.ts';
import { masterKeyFile } from '../websites/master-key.ts';
import { argument, CommandError, counted, isWatched, note, print, terminal } from './terminal.ts';

interface MigrateOptions {
  readonly from: string;
  readonly to: string;
  readonly restart?: boolean;
}

export function addMigrateCommand(program: Command, config: () => Config): void {
  program
    .command('migrate')
    .description('move everything between SQLite with files and Postgres with S3; the service must be stopped')
    .requiredOption('--from <store>', 'where everything is now')
    .requiredOption('--to <store>', 'where to move it: an empty store, or the target of a move that was interrupted')
    .option('--restart', 'start again from the beginning')
    .addHelpText(
      'after',
      `
A store is a data folder, or a place for records and one for pictures with a comma between them:
  ./data                          SQLite and files
  postgres://…,s3://bucket/prefix Postgres and S3
  ./data,s3://bucket/prefix       SQLite and S3
  postgres://…,./data             Postgres and files

The key to the bucket is in the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, OGPLUS_S3_ENDPOINT.

Example:
  npx ogplus migrate --from ./data --to postgres://ogplus:password@database/ogplus,s3://cards`,
    )
    .action((options: MigrateOptions) => migrate(config(), options));
}

async function migrate(config: Config, options: MigrateOptions): Promise<void> {
  const [from, to] = argument(() => [placeOf('--from', options.from), placeOf('--to', options.to)] as const);
  const [recordsFrom, recordsTo] = [recordsNameOf(from), recordsNameOf(to)];
  const [picturesFrom, picturesTo] = [picturesNameOf(from), picturesNameOf(to)];
  if (recordsFrom === recordsTo && picturesFrom === picturesTo)
    throw new CommandError('--from and --to name the same store.');
  if (from.url === undefined && !existsSync(recordsFrom))
    throw new CommandError(`There is no data folder at ${from.folder}.`);

  await using parts = new AsyncDisposableStack();
  const source = parts.use(await openRecords(from, note));
  const bar = progressBar();
  if (recordsFrom !== recordsTo) {
    note(`Records: ${recordsFrom} → ${recordsTo}`);
    const target = parts.use(await openRecords(to, note));
    const counts = await moveRecords(source, target, options.restart === true, bar.show);
    bar.end();
    const of = (table: string) => counts.get(table) ?? 0;
    const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
    print(
      `Moved and compared ${counted(rows, 'row')} of ${counted(counts.size, 'table')}: ${counted(of('websites'), 'website')}, ${counted(of('pages'), 'page')}, ${counted(of('cards'), 'card')}, ${counted(of('user'), 'account')}.`,
    );
    if (picturesFrom !== picturesTo) await moveAllPictures(config, source, from, to, bar);
    await target.end();
  } else {
    if (await source.isInUse()) throw new CommandError(`A service is using ${recordsFrom}. Stop it first.`);
    await moveAllPictures(config, source, from, to, bar);
  }
  print(await nextSteps(from, to));
}

async function moveAllPictures(
  config: Config,
  source: Awaited<ReturnType<typeof openRecords>>,
  from: StorePlace,
  to: StorePlace,
  bar: ProgressBar,
): Promise<void> {
  note(`Pictures: ${picturesNameOf(from)} → ${picturesNameOf(to)}`);
  await using here = await openPictures(from, () => config.s3Key(picturesNameOf(from)));
  await using there = await openPictures(to, () => config.s3Key(picturesNameOf(to)));
  const { moved, skipped, lost } = await movePictures(source, here, there, bar.show);
  bar.end();
  const already = skipped === 0 ? '' : `, ${skipped} were there already`;
  const missing = lost === 0 ? '' : `, ${lost} are missing at the source; their cards will be drawn again`;
  print(`Moved ${counted(moved, 'picture')}, each compared with its hash${already}${missing}.`);
}

/** The master key goes with the data folder, or to every machine. */
async function nextSteps(from: StorePlace, to: StorePlace): Promise<string> {
  const settings = [
    ...(to.url === undefined ? [] : [`OGPLUS_DATABASE_URL=${recordsNameOf(to)} (with user and password)`]),
    ...(to.bucket === undefined ? [] : [`OGPLUS_STORAGE_URL=${picturesNameOf(to)}`]),
    ...(to.folder === undefined ? [] : [`OGPLUS_DATA_DIR=${to.folder}`]),
  ];
  const key = from.folder === undefined ? undefined : join(from.folder, masterKeyFile);
  const copy = to.folder === undefined ? undefined : join(to.folder, masterKeyFile);
  let keyStep = 'Start with the same OGPLUS_MASTER_KEY as before.';
  if (key !== undefined && existsSync(key)) {
    if (copy === undefined)
      keyStep = `Give every machine the master key: OGPLUS_MASTER_KEY=$(basenc --base64url ${key})`;
    else {
      if (copy !== key && !existsSync(copy)) await copyFile(key, copy, constants.COPYFILE_EXCL);
      keyStep = `The master key is in ${copy}.`;
    }
  }
  return `Start the service with ${settings.join(' ')}. ${keyStep}
What was moved is still where it was; delete it when you no longer need it.`;
}

function placeOf(option: string, text: string): StorePlace {
  try {
    return parseStorePlace(text);
  } catch (error) {
    throw new Error(`${option} ${error instanceof Error ? error.message : error}`);
  }
}

interface ProgressBar {
  readonly show: OnProgress;
  end(): void;
}

/** One line that changes where a person watches; otherwise a line for each step. */
function progressBar(): ProgressBar {
  let step = '';
  return {
    show(what, done, all) {
      if (isWatched()) {
        const share = all === 0 ? 100 : Math.floor((100 * done) / all);
        terminal().errors.write(`\r\x1b[K${what}: ${done} of ${all} (${share} %)`);
      } else if (what !== step) note(`${what}: ${all}`);
      step = what;
    },
    end() {
      if (isWatched()) terminal().errors.write('\r\x1b[K');
    },
  };
}
