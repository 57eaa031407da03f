import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { oneForAll } from './processes/one-for-all.ts';

const folder = await mkdtemp(join(tmpdir(), 'ogplus-two-'));
oneForAll('two processes on one data folder', () => ({ OGPLUS_DATA_DIR: folder }));
after(() => rm(folder, { recursive: true, force: true }));
