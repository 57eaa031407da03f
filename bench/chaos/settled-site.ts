import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { documentOf, readPicture } from './pages.ts';

/** What the pages of the websites whose settings are changed answer. */
const kinds = ['width', 'language', 'undeclared', 'redirected'] as const;
type Kind = (typeof kinds)[number];

/** What a picture of such a page shows. */
export interface SettledPicture {
  readonly kind: Kind | undefined;
  readonly isGerman: boolean;
  /** It was laid out as wide as the wider of the two widths, or wider. */
  readonly isWide: boolean;
  /** As `version` was when it was fetched, of which the last eight bits. */
  readonly version: number;
}

export const widths = [600, 1200] as const;
const between = 900;
const germanBit = 16;

/** Pages that depend on a website's settings. One server for several websites: `127.0.0.2`, `127.0.0.3`, … */
export class SettledSite implements AsyncDisposable {
  /** Counted up with each edit of all pages, and when. */
  readonly #edits: number[] = [0];
  #port = 0;
  readonly #server = createServer((req, res) => {
    const kind = kinds.find((one) => req.url === `/${one}`);
    const isElsewhere = req.headers.host === this.redirectHost;
    if (kind === undefined) return void res.writeHead(404).end();
    if (kind === 'redirected' && !isElsewhere)
      return void res
        .writeHead(302, { Location: `http://${this.redirectHost}/redirected`, 'Cache-Control': 'no-store' })
        .end();
    const isGerman = kind === 'language' && /^de/.test(req.headers['accept-language'] ?? '');
    const number = ((kinds.indexOf(kind) + 1) << 1) | (isGerman ? germanBit : 0);
    // The first block of the second row, which is the lowest bit of the number, says how wide the page is.
    const style = `@media (min-width: ${between}px) { i:nth-of-type(9) { background: #000 } }`;
    res.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      ...(kind === 'width' && { 'Cache-Control': 'max-age=600' }),
      ...(kind === 'language' && { 'Cache-Control': 'max-age=600', Vary: 'Accept-Language' }),
      ...(kind === 'redirected' && { 'Cache-Control': 'no-store' }),
    });
    res.end(documentOf(number, this.versionAt(performance.now()), style));
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '0.0.0.0', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** @param number of the website, from 2. */
  origin(number: number): string {
    return `http://127.0.0.${number}:${this.#port}`;
  }

  /** Where `/redirected` leads, which is another website. */
  get redirectHost(): string {
    return `127.0.0.9:${this.#port}`;
  }

  edit(): void {
    this.#edits.push(performance.now());
  }

  versionAt(time: number): number {
    return this.#edits.findLastIndex((since) => since <= time);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export async function readSettledPicture(bytes: Buffer): Promise<SettledPicture> {
  const { number, version } = await readPicture(bytes);
  const kind = kinds[((number >> 1) & 7) - 1];
  return { kind, isGerman: (number & germanBit) !== 0, isWide: (number & 1) === 1, version };
}
