import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { product } from '../model/product.ts';
import { databaseFile } from '../store/data-folder.ts';
import { nameOf } from '../store/s3/s3-address.ts';
import { checkDatabase, copyDatabase, picturesIn } from '../store/sqlite/copy.ts';
import { masterKeyFile } from '../websites/master-key.ts';
import { agreed } from './agreed.ts';
import { openDataFolder } from './backend/data-folder.ts';
import { refuseService } from './backend/open-backend.ts';
import {
  type Entry,
  type Manifest,
  pictureName,
  readBackup,
  sha256Of,
  sizeOf,
  writeBackup,
} from './backup/backup-file.ts';
import { CommandError, counted, note, print, withSpinner } from './terminal.ts';
import { checkWritable } from './writable.ts';

interface BackupOptions {
  readonly pictures?: boolean;
  readonly yes?: boolean;
}

export function addBackupCommand(program: Command, config: () => Config): void {
  program
    .command('backup <file>')
    .description('copy the database and the master key of a data folder to a file, while its service runs')
    .option('--pictures', 'include the kept pictures; without them, cards are drawn again after a restore')
    .option('--yes', 'replace the file without asking')
    .addHelpText('after', '\nExample:\n  npx ogplus backup /backups/ogplus-2026-11-26.tar')
    .action((file: string, options: BackupOptions) => backup(config(), file, options));
}

async function backup(config: Config, file: string, options: BackupOptions): Promise<void> {
  await checkWritable('<file>', file);
  await refuseService(config, 'A backup is made');
  refusePlacesElsewhere(config, options);
  // The folder is checked as every command checks it: a key that is missing is no backup.
  await (await openDataFolder(config))[Symbol.asyncDispose]();
  note(`Data folder: ${config.dataDir}`);
  if (existsSync(file) && options.yes !== true && !(await agreed(`Replace ${file}?`, 'No backup was made'))) {
    print('No backup was made.');
    return;
  }
  const target = resolve(file);
  const drafts = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const draft = join(drafts, basename(target));
    const { contents, pictures } = await withSpinner('Copying', write(config.dataDir, drafts, draft, options));
    await withSpinner('Checking', readBackup(draft));
    await rename(draft, target);
    const withPictures = options.pictures === true ? `, ${counted(pictures, 'picture')}` : ', no pictures';
    print(`Backed up ${counted(contents.websites, 'website')}, ${counted(contents.cards, 'card')}${withPictures} to ${file}: ${await sizeOf(target)}, checked.
It contains the master key: anybody who can read the file can use every website's keys. To restore it: npx ogplus restore ${file}`);
  } finally {
    await rm(drafts, { recursive: true, force: true });
  }
}

/** Databases and buckets have tools of their own, which know them better. */
function refusePlacesElsewhere({ database, bucket }: Config, { pictures }: BackupOptions): void {
  if (database !== undefined) throw new CommandError('The records are in Postgres. Back them up with pg_dump.');
  if (bucket !== undefined && pictures === true)
    throw new CommandError(
      `The pictures are in ${nameOf(bucket.address)}. Copy them with the storage's own tools, and leave out --pictures.`,
    );
}

async function write(dataDir: string, drafts: string, draft: string, options: BackupOptions) {
  const copy = join(drafts, databaseFile);
  const key = join(dataDir, masterKeyFile);
  copyDatabase(join(dataDir, databaseFile), copy);
  const contents = checkDatabase(copy);
  const files = { [databaseFile]: await sha256Of(copy), [masterKeyFile]: await sha256Of(key) };
  const manifest: Manifest = { format: 1, version: product.version, madeAt: new Date().toISOString(), files };
  const secrets = [
    { name: databaseFile, path: copy },
    { name: masterKeyFile, path: key },
  ];
  const pictures = options.pictures === true ? picturesBelow(dataDir, copy) : [];
  return { contents, pictures: await writeBackup(draft, manifest, secrets, pictures) };
}

function* picturesBelow(dataDir: string, copy: string): Generator<Entry> {
  for (const hash of picturesIn(copy)) yield { name: pictureName(hash), path: join(dataDir, pictureName(hash)) };
}
