import { request } from 'node:http';
import type { Node } from './nodes.ts';
import { numberOf, type Pages, readPicture } from './pages.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Nodes that broke off before one answered. */
  readonly brokenOff: number;
}

/** A balancer: a request whose node is gone goes to the next one. Rejects if no node answers. */
export async function ask(nodes: readonly Node[], first: number, options: AskOptions): Promise<Answer> {
  let last: unknown;
  let brokenOff = 0;
  for (let tries = 0; tries < 20; tries++) {
    const address = nodes[(first + tries) % nodes.length]?.address;
    if (address === undefined) continue;
    try {
      return { ...(await send(address, options)), brokenOff };
    } catch (error) {
      brokenOff++;
      last = error;
    }
  }
  throw new Error(`No node answers ${options.path}: ${last}`);
}

/** Whether the node says that its answer may be old, because it cannot reach the database. */
export function isWithoutDatabase({ headers }: Answer): boolean {
  return (
    String(headers['cache-status']).includes('detail=store-unreachable') && headers['cache-control'] === 'no-cache'
  );
}

export interface AskOptions {
  readonly path: string;
  readonly host: string | undefined;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

// A render takes a second at most, a node's lease two; nobody waits for longer.
const longestMs = 30_000;

function send(
  address: string,
  { path, host, method = 'GET', headers = {}, body }: AskOptions,
): Promise<Omit<Answer, 'brokenOff'>> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const asked = request({
      hostname,
      port,
      path,
      method,
      agent: false,
      timeout: longestMs,
      headers: { host: host ?? `${hostname}:${port}`, ...headers },
    });
    asked.on('error', reject);
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')));
    asked.on('response', (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk) => chunks.push(chunk));
      res.on('error', reject);
      res.on('close', () =>
        res.complete
          ? resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) })
          : reject(new Error('half an answer')),
      );
    });
    asked.end(body);
  });
}

/** A purge that was answered. */
export interface Purge {
  /** Undefined for all pages. */
  readonly page: number | undefined;
  readonly began: number;
  readonly answered: number;
}

/** What was found of the answers, held against what the origin said when. */
export class Checker {
  readonly purges: Purge[] = [];
  readonly counts = new Map<string, number>();
  readonly faults: string[] = [];
  readonly #pages: Pages;
  readonly #onUntrusted: (why: string) => void;

  /** @param onUntrusted called when a node says why what it sends is not kept. */
  constructor(pages: Pages, onUntrusted: (why: string) => void) {
    this.#pages = pages;
    this.#onUntrusted = onUntrusted;
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  fault(what: string): void {
    this.faults.push(what);
  }

  /** @param began when the request was sent. */
  async answered(page: number, began: number, answer: Answer): Promise<void> {
    const { status, headers, body } = answer;
    this.count(`status ${status}`);
    if (answer.brokenOff > 0) this.count('answered by another node than the first');
    if (status === 503) return; // says that it cannot now
    if (status !== 200) return this.fault(`page ${page}: ${status} ${body.toString('utf8').slice(0, 300)}`);
    const shows = await readPicture(body);
    if (shows.number !== numberOf(page)) return this.fault(`page ${page} is a picture of number ${shows.number}`);
    const cacheStatus = String(headers['cache-status']);
    if (cacheStatus.includes('detail=unfinished-drawing')) {
      this.count('sent an unfinished drawing, which is not kept');
      this.#onUntrusted('a node answers that a drawing was not ready in time');
    }
    const untrusted = isWithoutDatabase(answer);
    if (untrusted) {
      this.count('sent without the database, as no-cache');
      this.#onUntrusted('a node answers that it is without the database');
    }
    const purge = this.purges.findLast((one) => one.answered <= began && (one.page ?? page) === page);
    const least = purge === undefined ? 0 : this.#pages.versionAt(page, purge.began);
    if (shows.version >= least) return;
    if (untrusted) this.count('an old card without the database, as no-cache');
    else
      this.fault(
        `page ${page} shows version ${shows.version} after a purge of version ${least}, answered ${Math.round(began - (purge?.answered ?? 0))} ms before: ${cacheStatus}`,
      );
  }
}
