import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endNow, endWithTests } from './child-processes.ts';
import { until } from './until.ts';

const bin = fileURLToPath(new URL('../../bin/ogplus.js', import.meta.url));

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `ogplus` as a person would, without a terminal.
 * @param input what it reads from standard input.
 */
export async function ogplus(
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): Promise<CommandResult> {
  const child = start(process.execPath, [bin, ...args], env);
  child.stdin.on('error', () => {}); // it ended without reading
  child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
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
