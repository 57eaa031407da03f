import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { findBrowser } from '../../../server/src/render/browser/find-browser.ts';

// What takes longer than this on the slowest machine does not come at all.
const patienceMs = 180_000;

/** The Chromium that the service draws with, driven as a person would. */
export async function openBrowser(): Promise<Browser> {
  const found = await findBrowser(process.env['OGPLUS_BROWSER']);
  if (found.kind === 'remote') return chromium.connectOverCDP(found.url);
  return chromium.launch({
    executablePath: found.path,
    timeout: patienceMs,
    env: { ...process.env, ...found.environment },
    args: [
      '--no-sandbox', // the screens are our own, and root may have none
      '--disable-gpu',
      '--in-process-gpu', // what is left of it needs no process
      '--js-flags=--no-opt --no-maglev', // no screen lives long enough for what is optimized to pay
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
}

/** Disposing of it closes the contexts that it made, and the browser with the last share of it. */
export interface BrowserShare extends AsyncDisposable {
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
}

let shared: Promise<Browser> | undefined;
let shares = 0;

/** A share of the one browser that all in this process have who ask for one: a group of files keeps it by a share of its own. */
export async function shareBrowser(): Promise<BrowserShare> {
  shares++;
  shared ??= openBrowser();
  const browser = await shared;
  const contexts: BrowserContext[] = [];
  return {
    async newContext(options) {
      const context = await browser.newContext(options);
      contexts.push(context);
      return context;
    },
    async [Symbol.asyncDispose]() {
      shares--;
      if (shares > 0) {
        for (const context of contexts) await context.close();
        return;
      }
      shared = undefined;
      await browser.close();
    },
  };
}

/** A window with nothing in it, whose pages are waited for on machines that do much else, too. */
export async function openWindow(
  browser: Pick<BrowserShare, 'newContext'>,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patienceMs);
  return context;
}
