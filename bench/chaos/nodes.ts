import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Relay, startRelay } from '../../server/test/harness/relay.ts';
import { pathOf } from '../processes.ts';

// On a busy machine with several that start at once.
const longestStartMs = 120_000;

export interface Told {
  /** A node says that it cannot reach the database or the bucket. */
  storeFailed(why: string): void;
  notStarted(why: string): void;
}

export interface NodeOptions {
  /** Of the database. */
  readonly port: number;
  /** Gives the address of the database by way of a port. */
  readonly urlBy: (port: number) => string;
  readonly env: Record<string, string>;
  readonly told: Told;
  /** The folder of another version of the project; undefined for this one. */
  readonly version: string | undefined;
}

/** A node of the service, on its own way to the database, which can be ended and started again. */
export class Node implements AsyncDisposable {
  readonly way: Relay;
  readonly #env: Record<string, string>;
  readonly #main: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'ogplus-chaos-'));
  #child: ChildProcess | undefined;
  #address: string | undefined;
  /** Whether it has ended as it should, each time it was told to. */
  readonly exits: Array<number | null> = [];
  readonly #told: Told;

  private constructor(way: Relay, { env, urlBy, told, version }: NodeOptions) {
    this.way = way;
    this.#env = { ...env, OGPLUS_DATABASE_URL: urlBy(way.port), OGPLUS_LOG_LEVEL: 'debug' };
    this.#main = version === undefined ? pathOf('../server/src/main.ts') : join(version, 'server/src/main.ts');
    this.#told = told;
  }

  static async prepare(options: NodeOptions): Promise<Node> {
    return new Node(await startRelay(options.port), options);
  }

  /** Undefined while it does not run. */
  get address(): string | undefined {
    return this.#address;
  }

  /** @param clockJumpMs by how much `setClock` sets its clock. */
  async start(clockJumpMs = 3_600_000): Promise<void> {
    const clock = { CHAOS_CLOCK_JUMP_MS: String(clockJumpMs) };
    const child = spawn(process.execPath, ['--import', pathOf('chaos/jumping-clock.mjs'), this.#main, 'serve'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.#env, ...clock, OGPLUS_PORT: '0', OGPLUS_DATA_DIR: this.#folder },
    });
    this.#child = child;
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said = (said + text).slice(-4000)));
    createInterface({ input: child.stderr }).on('line', (line) => this.#read(line));
    this.#address = await new Promise<string | undefined>((resolve) => {
      const tooLong = setTimeout(() => resolve(undefined), longestStartMs);
      child.stdout.once('data', () => clearTimeout(tooLong));
      child.stdout.on('data', () => resolve(/ready at (\S+)/.exec(said)?.[1]));
      child.once('close', () => resolve(undefined));
    });
    if (this.#address === undefined) this.#told.notStarted(said);
  }

  /** Sets its clock wrong, or right again. */
  setClock(): void {
    this.#child?.kill('SIGUSR2');
  }

  /** Stops it in its tracks. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  /** Lets it go on. */
  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** A line of its log. */
  #read(line: string): void {
    if (!line.includes('"type":"StoreUnreachable"')) return;
    const { msg, err } = JSON.parse(line) as { msg: string; err: { message: string } };
    this.#told.storeFailed(`a node says "${msg}: ${err.message}"`);
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#address = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const code = new Promise<number | null>((resolve) => child.once('close', resolve));
    child.kill(signal);
    if (signal === 'SIGTERM') this.exits.push(await code);
    else await code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
    await this.way[Symbol.asyncDispose]();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
