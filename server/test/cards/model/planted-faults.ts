/**
 * Whether the random orders find what they are there to find: faults that were there once are planted again, one at a
 * time, in a copy of the sources, and each must be found within a minute. `npm run planted`
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Fault {
  readonly what: string;
  readonly file: string;
  /** Each text of the source, and what stands in its place. */
  readonly changes: ReadonlyArray<readonly [text: string, planted: string]>;
}

const state = 'src/cards/state/page-state.ts';
const faults: readonly Fault[] = [
  {
    what: 'a document that was fetched before a purge is drawn after it',
    file: state,
    changes: [
      ['if (this.isVoid(document.purgeVersion) || isNewer', 'if (isNewer'],
      ['if (this.#document !== undefined && this.isVoid(this.#document.purgeVersion)) this.forgetDocument();', ''],
    ],
  },
  {
    what: 'a card that was read or drawn before a purge is sent after it',
    file: state,
    changes: [
      ['if (this.isVoid(cached.card.purgeVersion) || isNewer', 'if (isNewer'],
      [
        'if (found === undefined || !this.isVoid(found.card.purgeVersion)) return found;',
        'if (found !== undefined) return found;',
      ],
    ],
  },
  {
    what: 'work that began before a purge is joined after it',
    file: state,
    changes: [['if (running !== undefined && !this.isVoid(running.purgeVersion)) {', 'if (running !== undefined) {']],
  },
  {
    what: 'a failure of before a purge is told after it',
    file: state,
    changes: [
      ['if (this.isVoid(failure.purgeVersion)) return;', ''],
      ['found.until - now <= longestMoment && !this.isVoid(purgeVersion)', 'found.until - now <= longestMoment'],
    ],
  },
  {
    what: 'a 304 makes an unfinished drawing a card',
    file: state,
    changes: [
      [
        '    for (const name of this.#cards.keys()) {\n      const cached = this.card(name);',
        `    for (const [name, drawing] of this.#unfinished)
      if (drawing.card.responseId === responseId) this.#cards.set(name, { ...drawing, card: { ...drawing.card, ...response } });
    for (const name of this.#cards.keys()) {
      const cached = this.card(name);`,
      ],
    ],
  },
  {
    what: 'a card of an older response takes the place of a newer one',
    file: 'src/store/sqlite/cards/cards.ts',
    changes: [["if (isNewer(received_at, wholeMs(policy.receivedAt), clock.now())) return 'older';", '']],
  },
  {
    what: 'two processes draw a card at once',
    file: 'src/cards/card-turns.ts',
    changes: [['if (held !== undefined || waited >= longestWaitMs)', 'if (waited >= 0)']],
  },
];

const server = fileURLToPath(new URL('../../../', import.meta.url));

/** How long the fault went unnoticed, seconds; undefined where it was not found. */
function foundAfter({ file, changes }: Fault): number | undefined {
  const copy = mkdtempSync(join(tmpdir(), 'ogplus-planted-'));
  try {
    for (const folder of ['src', 'test'])
      cpSync(join(server, folder), join(copy, 'server', folder), { recursive: true });
    cpSync(join(server, 'package.json'), join(copy, 'server', 'package.json'));
    cpSync(join(server, '..', 'scripts'), join(copy, 'scripts'), { recursive: true });
    symlinkSync(join(server, '..', 'node_modules'), join(copy, 'node_modules'));
    symlinkSync(join(server, 'node_modules'), join(copy, 'server', 'node_modules'));
    const path = join(copy, 'server', file);
    let source = readFileSync(path, 'utf8');
    for (const [text, planted] of changes) {
      assert.ok(source.includes(text), `${file} has no longer: ${text}`);
      source = source.replace(text, planted);
    }
    writeFileSync(path, source);
    const started = performance.now();
    const test = join(copy, 'server', 'test', 'cards', 'model', 'purges-win.test.ts');
    const env = { ...process.env, OGPLUS_MODEL_RUNS: '100000' };
    // Killed processes of the random orders leave timers, for which the test would wait.
    const { status, stdout } = spawnSync(process.execPath, ['--test', '--test-force-exit', test], {
      env,
      timeout: 60_000,
      encoding: 'utf8',
    });
    const isFound = status === 1 && stdout.includes('Property failed after');
    return isFound ? Math.round((performance.now() - started) / 1000) : undefined;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const only = process.argv[2];
for (const fault of faults.filter(({ what }) => only === undefined || what.includes(only))) {
  const seconds = foundAfter(fault);
  console.log(`${seconds === undefined ? 'NOT FOUND' : `found after ${seconds} s`}: ${fault.what}`);
  if (seconds === undefined) process.exitCode = 1;
}
