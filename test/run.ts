// Runs test files, each in a process of its own, and reports: `node test/run.ts [--concurrency=N] [--timeout=MS] patterns…`
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: {
    concurrency: { type: 'string', default: '1' },
    /** Milliseconds for each test; a file has four times as long. */
    timeout: { type: 'string', default: '900000' },
  },
  allowPositionals: true,
});
process.exitCode = 1; // unless the summary says otherwise
const report = run({
  globPatterns: positionals,
  concurrency: Number(values.concurrency),
  execArgv: [`--import=${new URL('end-with-report.ts', import.meta.url)}`, `--test-timeout=${values.timeout}`],
  timeout: 4 * Number(values.timeout),
});
report.on('test:summary', ({ file, success, counts }) => {
  if (file === undefined) process.exitCode = success && counts.tests > 0 ? 0 : 1;
});
report.compose(spec).pipe(process.stdout);
