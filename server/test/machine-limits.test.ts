import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { describe, it } from 'node:test';
import { scarcities } from '../src/machine-limits.ts';

describe('a machine that gives too little for a browser', () => {
  it('is told of, with what to do', { skip: process.platform !== 'linux' && 'needs /proc' }, () => {
    // /proc is a file system without any room.
    const found = scarcities(64, '/proc').map(({ says, mend }) => `${says} ${mend}`);
    assert.equal(found.length, 2);
    assert.match(found[0] ?? '', /Only 64 files may be open.*Raise the limit/);
    assert.match(found[1] ?? '', /Only 0 MB are free for temporary files in \/proc.*TMPDIR/);
  });
  it('is not imagined', () => assert.deepEqual(scarcities(1024, tmpdir()), []));
});
