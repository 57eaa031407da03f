import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';

/** Fills the disk that the file is on, to the last byte; room is made when this is disposed of. */
export async function fillDisk(file: string): Promise<AsyncDisposable> {
  for (let size = 64 * 1024; size > 0; size >>= 1) {
    const more = async () => {
      for (;;) await writeFile(file, Buffer.alloc(size, 1), { flag: 'a' });
    };
    await assert.rejects(more(), { code: 'ENOSPC' });
  }
  return { [Symbol.asyncDispose]: () => rm(file) };
}
