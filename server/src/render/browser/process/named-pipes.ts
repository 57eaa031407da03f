import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** File descriptors of a pipe's two ends. */
export interface PipeEnds {
  readonly ours: number;
  /** Blocks, as Chromium expects. */
  readonly browsers: number;
}

const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;

/**
 * Two pipes, to a browser and from it. Node opens none without starting a process in the same thread, and gives no socket to
 * another thread; a number can be given. Their names are gone when this returns.
 * @param folder that nobody else can enter.
 */
export function openNamedPipes(folder: string): { readonly input: PipeEnds; readonly output: PipeEnds } {
  const [input, output] = [join(folder, 'input'), join(folder, 'output')];
  try {
    execFileSync('mkfifo', ['-m', '600', input, output], { stdio: 'pipe' });
    // fifo(7): one end alone is opened at once only for reading without blocking.
    const reader = openSync(input, O_RDONLY | O_NONBLOCK);
    const ours = openSync(input, O_WRONLY | O_NONBLOCK);
    const browsers = openSync(input, O_RDONLY);
    closeSync(reader);
    return {
      input: { ours, browsers },
      output: { ours: openSync(output, O_RDONLY | O_NONBLOCK), browsers: openSync(output, O_WRONLY) },
    };
  } finally {
    for (const path of [input, output]) rmSync(path, { force: true });
  }
}
