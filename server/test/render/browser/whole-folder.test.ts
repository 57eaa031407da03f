import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { cachePlaces, wholeFolder } from '../../../src/render/browser/whole-folder.ts';

let place: string;
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'ogplus-whole-'));
  await chmod(place, 0o755);
});
afterEach(() => rm(place, { recursive: true, force: true }));

let filled = 0;
const fill = async (draft: string) => {
  filled++;
  await mkdir(join(draft, 'lib'));
  await writeFile(join(draft, 'lib', 'program'), 'a whole program');
};
const program = () => readFile(join(place, 'it-1', 'lib', 'program'), 'utf8');

describe('what is unpacked once', () => {
  it('is there after many asked for it at once, and is not made again', async () => {
    await Promise.all([1, 2, 3].map(() => wholeFolder('it-1', [place], fill)));
    const before = filled;
    assert.equal(await wholeFolder('it-1', [place], fill), join(place, 'it-1'));
    assert.equal(filled, before);
    assert.equal(await program(), 'a whole program');
    assert.deepEqual(await readdir(place), ['it-1']);
  });

  it('is made again where a part of it is missing or cut off', async () => {
    for (const part of ['a whole', undefined]) {
      await wholeFolder('it-1', [place], fill);
      await rm(join(place, 'it-1', 'lib', 'program'));
      if (part !== undefined) await writeFile(join(place, 'it-1', 'lib', 'program'), part);
      await wholeFolder('it-1', [place], fill);
      assert.equal(await program(), 'a whole program');
    }
  });

  it('leaves nothing where making it failed, and what killed processes left goes', async () => {
    await mkdir(join(place, 'draft-left'));
    await utimes(join(place, 'draft-left'), 1_700_000_000, 1_700_000_000);
    const full = () => Promise.reject(new Error('The disk is full.'));
    await assert.rejects(wholeFolder('it-1', [place], full), /The disk is full/);
    assert.deepEqual(await readdir(place), []);
  });

  it('goes to the first place that can be written, and is found in one that cannot', async () => {
    await writeFile(join(place, 'file'), '');
    const [none, other] = [join(place, 'file', 'below'), join(place, 'other')];
    assert.equal(await wholeFolder('it-1', [none, other], fill), join(other, 'it-1'));
    assert.equal(await wholeFolder('it-1', [other, place], fill), join(other, 'it-1'));
    assert.equal(await wholeFolder('it-1', [place, other], fill), join(place, 'it-1'));
    await assert.rejects(wholeFolder('it-1', [none], fill), /it-1 cannot be unpacked: neither \S+ is writable/);
  });
});

describe('the place for what another user reads', () => {
  it('is beside the dependencies', () => {
    const beside = join(place, 'node_modules/.cache/ogplus');
    assert.equal(cachePlaces('/data', beside, true)[0], beside);
    assert.deepEqual(cachePlaces('/data', beside, false), [beside, '/data']);
  });

  it('is the machine’s own where only root may enter those', async () => {
    await chmod(place, 0o700);
    const beside = join(place, 'node_modules/.cache/ogplus');
    const places = cachePlaces(join(place, 'data'), beside, true);
    assert.deepEqual(places, ['/var/cache/ogplus', beside, join(place, 'data')]);
  });
});
