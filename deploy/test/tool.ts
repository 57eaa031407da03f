import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Output {
  readonly code: number;
  /** Standard output and standard error. */
  readonly text: string;
}

/** Runs a program of the machine. @throws {Error} that names the Debian package, where the program is missing. */
export async function tool(name: string, args: readonly string[], from: string, cwd?: string): Promise<Output> {
  try {
    const { stdout, stderr } = await run(name, args, { ...(cwd === undefined ? {} : { cwd }), maxBuffer: 1e8 });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (code === 'ENOENT') throw new Error(`${name} is missing: apt-get install ${from}`);
    return { code: typeof code === 'number' ? code : 1, text: `${stdout}${stderr}` };
  }
}
