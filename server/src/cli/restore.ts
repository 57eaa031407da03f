import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { databaseFile, openDataFolder, pictureFolder } from '../store/data-folder.ts';
import { checkDatabase, isOpenElsewhere } from '../store/sqlite/copy.ts';
import { masterKeyFile } from '../websites/master-key.ts';
import { agreed } from './agreed.ts';
import { refuseService } from './backend/open-backend.ts';
import { readBackup } from './backup/backup-file.ts';
import { CommandError, counted, note, print, withSpinner } from './terminal.ts';

export function addRestoreCommand(program: Command, config: () => Config): void {
  program
    .command('restore <file>')
    .description('restore a data folder from a backup; its service must be stopped')
    .option('--yes', 'replace the contents of the data folder without asking')
    .addHelpText('after', '\nExample:\n  OGPLUS_DATA_DIR=/var/lib/ogplus npx ogplus restore /backups/ogplus.tar')
    .action((file: string, options: { yes?: boolean }) => restore(config(), file, options.yes === true));
}

// What a backup brings, and SQLite's files beside the database.
const replaced = [databaseFile, `${databaseFile}-wal`, `${databaseFile}-shm`, masterKeyFile, pictureFolder];

async function restore(config: Config, file: string, isAgreed: boolean): Promise<void> {
  await refuseService(config, 'A backup is restored');
  const { dataDir } = config;
  if (config.database !== undefined)
    throw new CommandError(
      'The records are in Postgres. Restore them with pg_restore; to move a backup of a data folder there, restore it to a folder and run ogplus migrate.',
    );
  note(`Data folder: ${dataDir}`);
  // All of it is checked before anything is changed or asked.
  const { manifest } = await withSpinner('Checking the backup', readBackup(file));
  const database = join(dataDir, databaseFile);
  const isThere = existsSync(database);
  if (isThere && isOpenElsewhere(database)) {
    throw new CommandError(`A service runs on ${dataDir}. Stop it, restore, and start it again.`);
  }
  const question = `Replace the contents of ${dataDir} with the backup of ${manifest.madeAt}?`;
  if (isThere && !isAgreed && !(await agreed(question, 'Nothing was restored'))) {
    print('Nothing was restored.');
    return;
  }
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = await mkdtemp(join(dataDir, 'restoring-'));
  try {
    const { pictures } = await withSpinner('Unpacking', readBackup(file, draft));
    const { websites, cards } = checkDatabase(join(draft, databaseFile));
    const before = isThere ? await setAside(dataDir) : undefined;
    for (const name of replaced) await moveIfThere(join(draft, name), join(dataDir, name));
    await openDataFolder(dataDir, note); // makes what the backup has not: the folder of the pictures
    print(`Restored ${counted(websites, 'website')}, ${counted(cards, 'card')} and ${counted(pictures, 'picture')} of ${manifest.madeAt} to ${dataDir}.
What was purged, revoked or changed since then is as it was. To have every card drawn anew, purge: npx ogplus cache purge`);
    if (before !== undefined) print(`What was there before is in ${before}. Delete it when you no longer need it.`);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Moves the folder's data into a folder of its own. */
async function setAside(dataDir: string): Promise<string> {
  const time = new Date().toISOString().replace(/[:.]/g, '-');
  const before = join(dataDir, `before-restore-${time}`);
  await mkdir(before, { mode: 0o700 });
  for (const name of replaced) await moveIfThere(join(dataDir, name), join(before, name));
  return before;
}

async function moveIfThere(from: string, to: string): Promise<void> {
  if (existsSync(from)) await rename(from, to);
}
