import { createHash } from 'node:crypto';
import { LivingText } from './living-text.ts';
import type { FileReader } from './read-file.ts';

interface File {
  etag: string;
  readonly text: LivingText;
}

// Looked at word by word; larger ones as one.
const longestText = 500_000;
// As many as a browser asks one server for at once.
const atOnce = 6;
const mostFiles = 300;

/** What a page is made of: its document, and the style and script files that it loaded. */
export class Sources {
  readonly #reader: FileReader;
  readonly #host: string;
  #document: LivingText | undefined;
  /** Undefined for a file that has not been looked at. */
  readonly #files = new Map<string, File | undefined>();

  /** @param pageUrl its address: files of other hosts, which nobody changes here, are left alone. */
  constructor(reader: FileReader, pageUrl: string) {
    this.#reader = reader;
    this.#host = new URL(pageUrl).hostname;
  }

  /** Whether the document changed since the last look; the first look is no change. */
  lookAtDocument(text: string): boolean {
    const before = this.#document;
    if (before !== undefined) return before.look(text);
    this.#document = new LivingText(text);
    return false;
  }

  /** Whether any file changed since the last look at it; the first look at each is no change. */
  async lookAtFiles(signal: AbortSignal): Promise<boolean> {
    const changes: boolean[] = [];
    const waiting = [...this.#files];
    const next = async (): Promise<void> => {
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        changes.push(await this.#lookAtFile(...file, signal));
      }
    };
    await Promise.all(Array.from({ length: atOnce }, next));
    return changes.includes(true);
  }

  /** Looks at these files too from now on, and at no others. */
  follow(code: readonly string[]): void {
    const isOwn = (url: string) => /^https?:/.test(url) && new URL(url).hostname === this.#host;
    const wanted = new Set(code.filter(isOwn).slice(0, mostFiles));
    for (const url of this.#files.keys()) if (!wanted.has(url)) this.#files.delete(url);
    for (const url of wanted) if (!this.#files.has(url)) this.#files.set(url, undefined);
  }

  async #lookAtFile(url: string, before: File | undefined, signal: AbortSignal): Promise<boolean> {
    const found = await this.#reader.read(url, before?.etag ?? '', signal).catch(() => {
      // What the page cannot load either is told when it is drawn.
      return { kind: 'text', text: '', etag: '' } as const;
    });
    if (found.kind === 'same') return false;
    const text = found.text.length > longestText ? createHash('sha256').update(found.text).digest('hex') : found.text;
    if (before === undefined) {
      this.#files.set(url, { etag: found.etag, text: new LivingText(text) });
      return false;
    }
    before.etag = found.etag;
    return before.text.look(text);
  }
}
