import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import { databaseFile, pictureFolder } from '../../store/data-folder.ts';
import { masterKeyFile } from '../../websites/master-key.ts';
import { CommandError } from '../terminal.ts';

/** The first entry of a backup: what it is, and what the others must be. */
export interface Manifest {
  readonly format: 1;
  /** The version that made it. */
  readonly version: string;
  readonly madeAt: string;
  /** SHA-256 by name, of the database and the key. A picture's name is its hash. */
  readonly files: Readonly<Record<string, string>>;
}

/** A file to put into a backup. */
export interface Entry {
  readonly name: string;
  readonly path: string;
}

const manifestName = 'ogplus-backup.json';
// The last entry: without it, the file was cut off.
const endName = 'ogplus-backup-end.json';
const mostManifestBytes = 100_000;
const picturePath = /^pictures\/([0-9a-f]{2})\/(\1[0-9a-f]{62})$/;

/** A picture's name in a backup, and below a data folder. */
export function pictureName(hash: string): string {
  return `${pictureFolder}/${hash.slice(0, 2)}/${hash}`;
}

/** Writes a tar file, readable only by its owner. A picture that was evicted meanwhile is left out. Returns how many came. */
export async function writeBackup(
  file: string,
  manifest: Manifest,
  files: readonly Entry[],
  pictures: Iterable<Entry>,
): Promise<number> {
  const tar = pack();
  const output = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  let written = 0;
  const fill = async () => {
    const text = JSON.stringify(manifest, null, 2);
    tar.entry({ name: manifestName, mode: 0o600 }, text);
    for (const { name, path } of files) await addFile(tar, name, path);
    for (const { name, path } of pictures) if (await addFile(tar, name, path, true)) written++;
    tar.entry({ name: endName, mode: 0o600 }, JSON.stringify({ pictures: written }));
    tar.finalize();
  };
  const filling = fill().catch((error: Error) => tar.destroy(error));
  await pipeline(tar, output);
  await filling;
  return written;
}

async function addFile(tar: ReturnType<typeof pack>, name: string, path: string, mayLack = false): Promise<boolean> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(path);
  } catch (error) {
    if (mayLack && error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  const { size } = await handle.stat();
  const entry = tar.entry({ name, size, mode: 0o600 });
  await pipeline(handle.createReadStream(), entry);
  return true;
}

/** What a backup was found to hold. */
export interface Found {
  readonly manifest: Manifest;
  readonly pictures: number;
}

/**
 * Reads all of a backup and compares each file with its hash.
 * @param into writes the files below this folder; without it they are only checked.
 * @throws {CommandError} for what is no backup, or damaged.
 */
export async function readBackup(file: string, into?: string): Promise<Found> {
  const tar = extract();
  const missing = new Set<string>();
  let manifest: Manifest | undefined;
  let pictures = 0;
  let end: string | undefined;
  const fault = (why: string) => new CommandError(`${file} ${why}`);

  const reading = async () => {
    for await (const entry of tar) {
      const { name, type, size = 0 } = entry.header;
      if (manifest === undefined) {
        if (name !== manifestName || size > mostManifestBytes) throw fault('is not a backup of OpenGraph+.');
        manifest = parseManifest(await buffer(entry), fault);
        for (const wanted of Object.keys(manifest.files)) missing.add(wanted);
        continue;
      }
      if (end === undefined && name === endName && size <= mostManifestBytes) {
        end = (await buffer(entry)).toString();
        continue;
      }
      const hash = manifest.files[name] ?? picturePath.exec(name)?.[2];
      if (type !== 'file' || hash === undefined) throw fault(`holds "${name}", which no backup has.`);
      if ((await save(entry, into && join(into, name))) !== hash) throw fault(`is damaged: ${name} has changed.`);
      if (!missing.delete(name)) pictures++;
    }
  };
  try {
    await Promise.all([pipeline(createReadStream(file), tar), reading()]);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const isUnreadable = error instanceof Error && 'syscall' in error;
    if (manifest === undefined && !isUnreadable) throw fault('is not a backup of OpenGraph+.');
    throw fault(`cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
  if (manifest === undefined) throw fault('is not a backup of OpenGraph+.');
  if (missing.size > 0 || end !== JSON.stringify({ pictures })) throw fault('is not whole: a part of it is missing.');
  return { manifest, pictures };
}

function parseManifest(bytes: Buffer, fault: (why: string) => CommandError): Manifest {
  let found: Partial<Manifest>;
  try {
    found = JSON.parse(bytes.toString()) as Partial<Manifest>;
  } catch {
    throw fault('is not a backup of OpenGraph+.');
  }
  if (found.format !== 1) throw fault('was made by a newer version of OpenGraph+. Restore it with that version.');
  const { files = {}, version = '', madeAt = '' } = found;
  const names = Object.keys(files).toSorted().join();
  if (names !== [databaseFile, masterKeyFile].toSorted().join()) throw fault('is not a backup of OpenGraph+.');
  return { format: 1, version, madeAt, files };
}

/** Returns the SHA-256 of the content. */
async function save(content: AsyncIterable<unknown>, path: string | undefined): Promise<string> {
  const hash = createHash('sha256');
  const seen = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, path === undefined ? undefined : chunk);
    },
  });
  if (path === undefined) {
    await pipeline(content, seen.resume());
  } else {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(content, seen, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
  }
  return hash.digest('hex');
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

export async function sizeOf(file: string): Promise<string> {
  const { size } = await stat(file);
  return size < 1_000_000 ? `${Math.ceil(size / 1000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
