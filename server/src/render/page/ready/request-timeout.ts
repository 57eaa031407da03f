import { setTimeout as pause } from 'node:timers/promises';
import { resultWithin } from '../../../concurrency/result-within.ts';
import { milliseconds } from '../../../model/units.ts';
import { CdpError } from '../../browser/cdp/cdp.ts';
import type { Page } from '../page.ts';
import type { OpenRequest } from '../traffic.ts';
import type { DocumentLoad } from './document-load.ts';
import { endsWithScript } from './ends-with-script.ts';
import { lookAtViewScript, type View } from './look-at-view.ts';

// Most pages have everything before this, and are never checked.
const firstLook = 150;
const betweenLooks = 100;
const lookDeadline = milliseconds(1000);
// Once everything visible is there. Crawlers leave after three seconds in total.
const gracePeriod = 800;
// Data may change the whole page, even if it does not show that it waits; less likely so if nothing seems to be missing.
const dataGracePeriod = { withGaps: 2000, withoutGaps: 1200 };
// As many as a person reads.
const mostListed = 5;
const longestListed = 200;

/**
 * Decides when to stop waiting for a page's requests: a request counts while it can change what is in view, and a while
 * longer.
 */
export class RequestTimeout {
  readonly #page: Page;
  readonly #load: DocumentLoad;
  readonly #document: Buffer;
  #started: number | undefined;
  #lastLook = 0;
  /** Since when everything visible is there. */
  #readySince: number | undefined;
  /** The same for each address that was waited for meanwhile, without its query: a page may ask again and again. */
  readonly #idleSince = new Map<string, number>();
  readonly #cut = new Set<string>();
  #hasExpired = false;

  /** @param document as it was given to the browser. */
  constructor(page: Page, load: DocumentLoad, document: Buffer) {
    this.#page = page;
    this.#load = load;
    this.#document = document;
  }

  /** Requests that were not waited for. */
  get cut(): readonly string[] {
    return [...this.#cut].slice(0, mostListed).map((url) => url.slice(0, longestListed));
  }

  /** Whether it expired before the page was done. */
  get hasExpired(): boolean {
    return this.#hasExpired;
  }

  /** The page waits for nothing: its next wait starts anew. */
  reset(): void {
    this.#started = undefined;
    this.#readySince = undefined;
  }

  /** The page waits, from now on if it did not before. */
  begin(): void {
    this.#started ??= performance.now();
  }

  /** Call it repeatedly while the page waits. Returns whether it has just expired: the traffic is quiet then. */
  async isOver(): Promise<boolean> {
    const now = performance.now();
    this.begin();
    if (now - (this.#started ?? now) < firstLook || now - this.#lastLook < betweenLooks) return false;
    this.#lastLook = now;
    const before = new Set(this.#page.traffic.open);
    const view = await this.look();
    const { open } = this.#page.traffic;
    // Whether it will show, only the next look tells.
    if (open.some((request) => !before.has(request) && mayShow(request))) return false;
    if (view === undefined || !view.hasContent || open.some((request) => this.#holds(request, view))) {
      this.#readySince = undefined;
      this.#idleSince.clear();
      return false;
    }
    const ready = this.#readySince ?? now;
    this.#readySince = ready;
    const isOver = (request: OpenRequest) => {
      const address = request.url.split('?', 1)[0] ?? request.url;
      const idle = this.#idleSince.get(address) ?? ready;
      this.#idleSince.set(address, idle);
      return now - idle >= this.#gracePeriodFor(request, view);
    };
    // Without requests it waits for something else.
    if (open.length === 0 ? now - ready < gracePeriod : !open.map(isOver).every(Boolean)) return false;
    this.#hasExpired = true;
    for (const { url } of open) this.#cut.add(url);
    this.#page.traffic.cut();
    return true;
  }

  /** Polls until it is over. */
  async expiry(signal: AbortSignal): Promise<undefined> {
    this.begin();
    do await pause(betweenLooks, undefined, { signal });
    while (!(await this.isOver()));
    return undefined;
  }

  /** What the page shows now; undefined if it does not say in time, or replaced its document meanwhile. */
  async look(): Promise<View | undefined> {
    return resultWithin(lookDeadline, this.#ask().catch(refused));
  }

  async #ask(): Promise<View | undefined> {
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
        if (view.scripts.includes(shown)) return !endsWithScript(this.#document, shown);
        return view.isBusy || (view.isParsing && !view.asyncScripts.includes(shown));
      case 'Image':
        return view.pictures.includes(shown);
      case 'EventSource':
      case 'Fetch':
      case 'WebSocket':
      case 'XHR':
        return view.isBusy;
      default:
        return false;
    }
  }

  #gracePeriodFor({ url, type }: OpenRequest, { hasGaps }: View): number {
    const ofData = hasGaps ? dataGracePeriod.withGaps : dataGracePeriod.withoutGaps;
    if (type === 'Fetch' || type === 'XHR') return ofData;
    // A website's own script at the end of its document may be the whole app.
    const isOwn = URL.canParse(url) && this.#page.origins.has(new URL(url).origin);
    return type === 'Script' && isOwn && !this.#load.isLoaded ? ofData : gracePeriod;
  }
}

/** Whether such requests are waited for because of what is in view. */
function mayShow({ type, isRepeated }: OpenRequest): boolean {
  return !isRepeated && ['Image', 'Script', 'Stylesheet'].includes(type);
}

function refused(error: unknown): undefined {
  if (!(error instanceof CdpError) || error.lost) throw error;
}
