import { setTimeout as pause } from 'node:timers/promises';
import { resultWithin } from '../../concurrency/result-within.ts';
import { milliseconds } from '../../model/units.ts';
import type { DocumentLoad } from './document-load.ts';
import { lookAtViewScript, type View } from './look-at-view.ts';
import type { Page } from './page.ts';
import type { OpenRequest } from './traffic.ts';

// Most pages have what they need before that, and are never asked.
const firstLook = 150;
const betweenLooks = 100;
const lookDeadline = milliseconds(1000);
// Once all that shows is there. Crawlers leave after three seconds in all.
const patience = 800;
// Data that a page asks for may change all of it, even where it does not say that it waits.
const dataPatience = 3000;
// As many as a person reads.
const mostTold = 5;
const longestTold = 200;

/**
 * Decides when what a page still waits for is not waited for any more: a request counts for as long as it can change what
 * is in view, and a while longer.
 */
export class Patience {
  readonly #page: Page;
  readonly #load: DocumentLoad;
  #started: number | undefined;
  #lastLook = 0;
  /** Since when all that shows is there. */
  #readySince: number | undefined;
  readonly #cut = new Set<string>();
  #hasEnded = false;

  constructor(page: Page, load: DocumentLoad) {
    this.#page = page;
    this.#load = load;
  }

  /** Requests that were not waited for to their end. */
  get cut(): readonly string[] {
    return [...this.#cut].slice(0, mostTold).map((url) => url.slice(0, longestTold));
  }

  /** Whether it ended before the page did. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** The page waits for nothing: what it waits for next is looked at anew. */
  rest(): void {
    this.#started = undefined;
    this.#readySince = undefined;
  }

  /** To be asked again and again while the page waits. Whether it ended just now: the traffic is quiet then. */
  async isOver(): Promise<boolean> {
    const now = performance.now();
    this.#started ??= now;
    if (now - this.#started < firstLook || now - this.#lastLook < betweenLooks) return false;
    this.#lastLook = now;
    const view = await resultWithin(lookDeadline, this.#look());
    const { open } = this.#page.traffic;
    if (view === undefined || !view.hasContent || open.some((request) => this.#holds(request, view))) {
      this.#readySince = undefined;
      return false;
    }
    this.#readySince ??= now;
    if (now - this.#readySince < Math.max(...open.map(patienceFor), patience)) return false;
    this.#hasEnded = true;
    for (const { url } of open) this.#cut.add(url);
    this.#page.traffic.cut();
    return true;
  }

  /** Asks until it is over. */
  async end(signal: AbortSignal): Promise<undefined> {
    do await pause(betweenLooks, undefined, { signal });
    while (!(await this.isOver()));
    return undefined;
  }

  async #look(): Promise<View | undefined> {
    const contextId = await this.#load.world();
    const params = { expression: lookAtViewScript, contextId, returnByValue: true };
    const { result } = await this.#page.send('Runtime.evaluate', params, lookDeadline);
    return result.value as View | undefined;
  }

  #holds({ url, type, frameId }: OpenRequest, view: View): boolean {
    const isMain = frameId === undefined || frameId === this.#page.frameId;
    if (!isMain) return false;
    const shown = url.split('#', 1)[0] ?? url;
    switch (type) {
      case 'Document':
        return true;
      case 'Stylesheet':
        return !view.idleStyles.includes(shown);
      case 'Script':
        if (view.scripts.includes(shown)) return true;
        return view.isBusy || (view.isParsing && !view.asyncScripts.includes(shown));
      case 'Image':
        return view.pictures.includes(shown);
      case 'Fetch':
      case 'XHR':
        return view.isBusy;
      default:
        return false;
    }
  }
}

function patienceFor({ type }: OpenRequest): number {
  return type === 'Fetch' || type === 'XHR' ? dataPatience : patience;
}
