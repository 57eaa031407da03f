import { spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../src/cli/run-command.ts';
import { endNow, endWithTests } from './child-processes.ts';
import { until } from './until.ts';

const bin = fileURLToPath(new URL('../../bin/ogplus.js', import.meta.url));

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command of `ogplus` in this process, without a terminal: a process for each costs more than most commands do.
 * @param input what it reads from standard input.
 */
export async function ogplus(
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): Promise<CommandResult> {
  if (args[0] === 'serve')
    throw new Error('A service ends with its process: start it with serve() or ogplusProcess().');
  const [output, errors] = [collected(), collected()];
  const terminal = { input: Readable.from([input]), output, errors, exitCode: 0 };
  const code = await runCommand(args, { ...process.env, ...env }, terminal);
  return { code, stdout: output.text(), stderr: errors.text() };
}

function collected() {
  let written = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      written += chunk;
      done();
    },
  });
  return Object.assign(stream, { text: () => written });
}

/** Runs `ogplus` as a person would, in a process of its own, where that is what matters. */
export async function ogplusProcess(
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): Promise<CommandResult> {
  const child = start(process.execPath, [bin, ...args], env);
  child.stdin.on('error', () => {}); // it ended without reading
  child.stdin.end(input);
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [code, stdout, stderr] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}

/** Disposing of it kills it, where it still runs. */
export interface Running extends AsyncDisposable {
  readonly pid: number;
  /** What it has printed. */
  readonly output: () => string;
  /** The exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
}

export interface Served extends Running {
  readonly address: string;
}

/**
 * Starts `ogplus` and leaves it running.
 * @param limits what the shell says before, `ulimit -n 1024`.
 */
export function startCommand(args: readonly string[], env: Record<string, string>, limits = ':'): Running {
  const command = ['-c', `${limits}; exec "$@"`, 'sh', process.execPath, bin, ...args];
  const child = start('/bin/sh', command, env);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    signal: (signal) => void child.kill(signal),
    [Symbol.asyncDispose]: () => endNow(child),
  };
}

function start(command: string, args: readonly string[], env: Record<string, string>) {
  return endWithTests(
    spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env }, detached: true }),
  );
}

/** Starts `ogplus serve` and waits until it says that it is ready. */
export async function serve(env: Record<string, string>, limits?: string): Promise<Served> {
  const running = startCommand(['serve'], { OGPLUS_PORT: '0', OGPLUS_LOG_LEVEL: 'warn', ...env }, limits);
  const address = () => /ready at (\S+)/.exec(running.output())?.[1];
  const failed = running.ended.then(() => Promise.reject(new Error(`It did not start: ${running.output()}`)));
  await Promise.race([until('it is ready', () => address() !== undefined), failed]);
  failed.catch(() => {}); // that it ends later is no failure to start
  return { ...running, address: address() ?? '' };
}
