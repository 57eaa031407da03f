import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/ogplus.js', import.meta.url));

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `ogplus` as a person would, without a terminal. */
export async function ogplus(args: readonly string[], env: Record<string, string> = {}): Promise<CommandResult> {
  const child = spawn(process.execPath, [bin, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}

export interface Served {
  readonly pid: number;
  readonly address: string;
  /** What it has printed. */
  readonly output: () => string;
  readonly ended: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
}

/** Starts `ogplus serve` and waits until it says that it is ready. */
export async function serve(env: Record<string, string>): Promise<Served> {
  const child = spawn(process.execPath, [bin, 'serve'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, OGPLUS_PORT: '0', OGPLUS_LOG_LEVEL: 'warn', ...env },
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const address = await new Promise<string>((resolve, reject) => {
    const read = (text: Buffer) => {
      output += text;
      const found = /ready at (\S+)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', () => reject(new Error(`It did not start: ${output}`)));
  });
  return { pid: child.pid ?? 0, address, output: () => output, ended, signal: (signal) => void child.kill(signal) };
}
