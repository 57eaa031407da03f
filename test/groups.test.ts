import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { groups } from './groups.ts';
import { filesOf } from './run-group.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const found = (pattern: string) => globSync(pattern, { cwd: root });

describe('npm test', () => {
  it('runs every test file once, in a group or by itself', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    const patterns = [...scripts.test.matchAll(/'([^']+)'/g)].map(([, pattern]) => pattern);
    const run = patterns.flatMap(found).flatMap((path: string) => {
      return path.startsWith('test/groups/') ? filesOf(basename(path, '.ts')) : [path];
    });
    const folders = '{server,dashboard,docs/site,fonts,client}/test/**';
    assert.deepEqual(run.sort(), [...found(`${folders}/*.test.ts`), ...found('test/*.test.ts')].sort());
  });

  it('has a file for each group, and no other', () => {
    const files = found('test/groups/*.ts').map((path) => basename(path, '.ts'));
    assert.deepEqual(files.sort(), Object.keys(groups).sort());
  });
});
