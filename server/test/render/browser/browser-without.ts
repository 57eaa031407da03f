import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../../../src/render/browser/find-browser.ts';

/** The browser, started without the switches that begin so. */
export async function browserWithout(...switches: string[]): Promise<{ program: string } & Disposable> {
  const found = await findBrowser(process.env['OGPLUS_BROWSER']);
  if (found.kind !== 'executable') throw new Error('A browser elsewhere is started by somebody else.');
  const folder = mkdtempSync(join(tmpdir(), 'ogplus-without-'));
  chmodSync(folder, 0o755); // a service that is root starts it as another user
  const program = join(folder, 'browser');
  const variables = Object.entries(found.environment).map(([name, value]) => `export ${name}='${value}'`);
  const pattern = switches.map((one) => `${one}*`).join('|');
  const loop = `for one do shift; case "$one" in ${pattern}) ;; *) set -- "$@" "$one" ;; esac; done`;
  writeFileSync(program, ['#!/bin/sh', ...variables, loop, `exec '${found.path}' "$@"`].join('\n'));
  chmodSync(program, 0o755);
  return { program, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
