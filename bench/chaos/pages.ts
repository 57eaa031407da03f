import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

// Eight blocks each for the version and the page, wide enough to survive any encoding.
const bits = 8;

/** Pages whose picture says which page it is and in which version, and what the origin said when. */
export class Pages implements AsyncDisposable {
  /** Of each page, when each of its versions began, by `performance.now()`. */
  readonly #since: number[][];
  /** Of each page, when it was fetched. */
  readonly fetches: number[][];
  #onFetch: (page: number) => void = () => {};
  readonly #server = createServer((req, res) => {
    const page = Number(/^\/(\d+)$/.exec(req.url ?? '')?.[1] ?? 0);
    const version = this.versionAt(page, performance.now());
    this.fetches[page]?.push(performance.now());
    this.#onFetch(page);
    // Long enough for two requests to meet, as a real site takes.
    setTimeout(() => {
      res.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'max-age=600',
        ETag: `"${version}"`,
      });
      res.end(documentOf(numberOf(page), version));
    }, 30);
  });

  constructor(count: number) {
    this.#since = Array.from({ length: count }, () => [0]);
    this.fetches = Array.from({ length: count }, () => []);
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get count(): number {
    return this.#since.length;
  }

  /** Resolves when the page is fetched next. */
  nextFetch(page: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onFetch = (fetched) => {
      if (fetched === page) resolve();
    };
    return promise;
  }

  /** Fetches since a time. */
  fetchesSince(since: number): number {
    return this.fetches.flat().filter((at) => at >= since).length;
  }

  edit(page: number): void {
    this.#since[page]?.push(performance.now());
  }

  versionAt(page: number, time: number): number {
    return (this.#since[page] ?? []).findLastIndex((since) => since <= time);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** What the picture of a page shows. Not 0: a picture that is all white has no content, and is not kept. */
export function numberOf(page: number): number {
  return page + 1;
}

/** A page whose picture `readPicture` reads. @param number not 0. @param style CSS beside its own. */
export function documentOf(number: number, version: number, style = ''): string {
  const row = (bitsOf: number) =>
    Array.from({ length: bits }, (_, bit) => `<i${(bitsOf >> bit) & 1 ? ' class=on' : ''}></i>`).join('');
  return `<!doctype html><html><head><title>${number}</title><style>html,body{margin:0}
    i{float:left;width:${100 / bits}%;height:50vh;background:#fff}.on{background:#000}${style}</style></head>
    <body>${row(version % 2 ** bits)}${row(number)}</body></html>`;
}

interface Shown {
  readonly number: number;
  readonly version: number;
}

const known = new Map<string, Promise<Shown>>();

/** What a picture shows; each is decoded once. */
export function readPicture(bytes: Buffer): Promise<Shown> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const shown = known.get(hash) ?? decode(bytes);
  known.set(hash, shown);
  return shown;
}

async function decode(bytes: Buffer): Promise<Shown> {
  const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
  const numberIn = (row: number) =>
    Array.from({ length: bits }, (_, bit) => {
      const x = Math.floor(((bit + 0.5) * info.width) / bits);
      const y = Math.floor(((row + 0.5) * info.height) / 2);
      return (data[(y * info.width + x) * info.channels] ?? 0) < 128 ? 2 ** bit : 0;
    }).reduce((sum, each) => sum + each, 0);
  return { version: numberIn(0), number: numberIn(1) };
}
