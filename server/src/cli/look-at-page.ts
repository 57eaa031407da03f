import type { Config } from '../config.ts';
import { parsePageUrl } from '../websites/parse.ts';
import type { Backend, LookedAt } from './backend/backend.ts';
import { openBackendIfThere } from './backend/open-backend.ts';
import { argument, note, withSpinner } from './terminal.ts';

/** Looks at pages: those of the backend's websites through it, others from this machine. */
export interface PageLook extends AsyncDisposable {
  look(pageUrl: string): Promise<LookedAt>;
  /** The website that snippets are written for; null if the page belongs to no known website. */
  siteOf(pageUrl: string): Promise<PageSite | null>;
}

/** A page's website, and what it is made with. */
export interface PageSite {
  readonly connectionUrl: string;
  /** Null if the website has not set it. */
  readonly framework: string | null;
}

export async function openPageLook(config: Config): Promise<PageLook> {
  const backend = await openBackendIfThere(config);
  const known = new Map((await backend?.websites.list())?.map((website) => [website.origin, website]));
  if (backend === undefined) note(`No data folder at ${config.dataDir}: no website's settings are used.`);
  return {
    look: (pageUrl) => lookAt(config, pageUrl, backend, known),
    async siteOf(pageUrl) {
      const website = known.get(argument(() => parsePageUrl(pageUrl)).origin);
      if (backend === undefined || website === undefined) return null;
      const { framework } = await backend.settings.of(website);
      return { connectionUrl: website.connectionUrl, framework };
    },
    async [Symbol.asyncDispose]() {
      await backend?.[Symbol.asyncDispose]();
    },
  };
}

async function lookAt(
  config: Config,
  pageUrl: string,
  backend: Backend | undefined,
  known: ReadonlyMap<string, Parameters<Backend['look']>[0]>,
): Promise<LookedAt> {
  const { origin, target } = argument(() => parsePageUrl(pageUrl));
  const website = known.get(origin);
  if (backend !== undefined && website !== undefined) return backend.look(website, target);
  const { lookFromHere } = await import('./look-from-here.ts');
  return lookFromHere(config, pageUrl);
}

/** Looks at one page and shows a spinner meanwhile. */
export async function lookAtPage(config: Config, pageUrl: string): Promise<LookedAt> {
  argument(() => parsePageUrl(pageUrl));
  await using pages = await openPageLook(config);
  return await withSpinner(`Checking ${pageUrl}`, pages.look(pageUrl));
}
