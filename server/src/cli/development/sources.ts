import { createHash } from 'node:crypto';
import { ChangeDetector } from './change-detector.ts';
import type { FileReader } from './read-file.ts';

interface File {
  etag: string;
  readonly changes: ChangeDetector;
}

// Longer texts are compared as a whole, not word by word.
const longestText = 500_000;
// A browser's number of parallel requests to one server.
const atOnce = 6;
const mostFiles = 300;

/** A page's sources: its document, and the style and script files that it loaded. */
export class Sources {
  readonly #reader: FileReader;
  readonly #host: string;
  #document: ChangeDetector | undefined;
  /** Undefined for a file that has not been read yet. */
  readonly #files = new Map<string, File | undefined>();

  /** @param pageUrl files of other hosts, which nobody changes here, are ignored. */
  constructor(reader: FileReader, pageUrl: string) {
    this.#reader = reader;
    this.#host = new URL(pageUrl).hostname;
  }

  /** Whether the document changed since the last look; false for the first. */
  lookAtDocument(text: string): boolean {
    const before = this.#document;
    if (before !== undefined) return before.hasChanged(text);
    this.#document = new ChangeDetector(text);
    return false;
  }

  /** Whether any file changed since its last look; the first look at a file does not count. */
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

  /** Replaces the list of files to look at. */
  follow(code: readonly string[]): void {
    const isOwn = (url: string) => /^https?:/.test(url) && new URL(url).hostname === this.#host;
    const wanted = new Set(code.filter(isOwn).slice(0, mostFiles));
    for (const url of this.#files.keys()) if (!wanted.has(url)) this.#files.delete(url);
    for (const url of wanted) if (!this.#files.has(url)) this.#files.set(url, undefined);
  }

  async #lookAtFile(url: string, before: File | undefined, signal: AbortSignal): Promise<boolean> {
    const found = await this.#reader.read(url, before?.etag ?? '', signal).catch(() => {
      // A file that the page cannot load is reported when it is rendered.
      return { kind: 'text', text: '', etag: '' } as const;
    });
    if (found.kind === 'same') return false;
    const text = found.text.length > longestText ? createHash('sha256').update(found.text).digest('hex') : found.text;
    if (before === undefined) {
      this.#files.set(url, { etag: found.etag, changes: new ChangeDetector(text) });
      return false;
    }
    before.etag = found.etag;
    return before.changes.hasChanged(text);
  }
}
