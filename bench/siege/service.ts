import { type ChildProcess, spawn } from 'node:child_process';
import { pathOf } from '../processes.ts';

export interface LogLine {
  readonly msg: string;
  readonly sandboxed?: boolean;
  readonly user?: number | string;
  /** Of a render that took long: its page, and what it went through. */
  readonly page?: string;
  readonly timeline?: readonly string[];
}

export interface Service extends AsyncDisposable {
  readonly address: string;
  readonly pid: number;
  /** What its log said so far. */
  readonly log: LogLine[];
}

/** @param resolvConf what its system asks for names, where it may have a file of its own for that. */
export async function startService(env: Record<string, string>, resolvConf: string | undefined): Promise<Service> {
  const serve = [process.execPath, pathOf('../server/src/main.ts'), 'serve'];
  const [command = '', ...args] =
    resolvConf === undefined
      ? serve
      : [
          'unshare',
          '--mount',
          'sh',
          '-c',
          'mount --bind "$1" /etc/resolv.conf; shift; exec "$@"',
          'sh',
          resolvConf,
          ...serve,
        ];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const log: LogLine[] = [];
  let rest = '';
  child.stderr.on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) log.push(line.startsWith('{') ? (JSON.parse(line) as LogLine) : { msg: line });
  });
  let said = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = /ready at (\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('close', () => reject(new Error(`The service ended: ${said}${log.map(({ msg }) => msg).join('\n')}`)));
  });
  return { address, pid: child.pid ?? 0, log, [Symbol.asyncDispose]: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await ended;
}
