// What ends processes ends them with the group, not with the file that names it first.
import '../server/test/harness/child-processes.ts';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { groups } from './groups.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The paths of a group's files below the project's folder, in their order. */
export function filesOf(group: string): string[] {
  return globSync([...(groups[group] ?? [])], { cwd: root }).sort();
}

/** Runs the test files of a group in this process: each is a suite, and what it has around its tests stays with them. */
export function runGroup(group: string): void {
  const loading: Promise<unknown>[] = [];
  for (const file of filesOf(group)) {
    describe(file, () => {
      const loaded = import(pathToFileURL(join(root, file)).href);
      loading.push(loaded);
      return loaded;
    });
  }
  // Loading holds up whatever runs beside it.
  before(() => Promise.allSettled(loading));
}
