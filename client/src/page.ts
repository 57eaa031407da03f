import { OgPlusError } from './error.ts';

/** A page: its whole address, or its path with or without a query. A fragment is left out. */
export type Page = string | URL;

/**
 * What of a page's query belongs to its address. `drop`: nothing. `keep`: everything. Names: these parameters alone.
 * Each address is a card of its own, so keep what changes the page and drop the rest.
 */
export type Query = 'drop' | 'keep' | readonly string[];

export interface PageAddress {
  /** Undefined if the page is a path. */
  readonly origin: string | undefined;
  /** Path and query, percent-encoded. */
  readonly target: string;
}

/** @throws {OgPlusError} if it is neither an address nor a path. */
export function readPage(page: Page, query: Query = 'drop'): PageAddress {
  if (query !== 'drop' && query !== 'keep' && !Array.isArray(query)) {
    throw new OgPlusError(`query must be "drop", "keep" or a list of names, not ${JSON.stringify(query)}.`);
  }
  const text = typeof page === 'string' ? page : page?.href;
  // Appended to an origin, not resolved against it: `//host/x` would name another host.
  const isPath = typeof text === 'string' && text.startsWith('/');
  const url = parse(isPath ? `https://path.invalid${text}` : text);
  if (url === undefined) {
    throw new OgPlusError(
      `${JSON.stringify(text) ?? 'undefined'} is not a page. Pass its address, such as https://example.com/blog/hello, or its path, such as /blog/hello.`,
    );
  }
  return { origin: isPath ? undefined : url.origin, target: url.pathname + kept(url.search, query) };
}

/** An `http` or `https` address without a user; undefined for anything else. */
export function parse(text: unknown): URL | undefined {
  try {
    const url = new URL(text as string);
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
    return isWeb && url.username === '' && url.password === '' ? url : undefined;
  } catch {
    return undefined;
  }
}

/** The parameters to keep, byte for byte. `ogplus_` parameters speak to the service and are never the page's. */
function kept(search: string, query: Query): string {
  if (query === 'drop') return '';
  const pairs = search.slice(1).split('&');
  const parts = pairs.filter((pair) => {
    const name = nameOf(pair);
    return pair !== '' && !name.startsWith('ogplus_') && (query === 'keep' || query.includes(name));
  });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function nameOf(pair: string): string {
  const name = pair.split('=', 1)[0] ?? '';
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name; // a malformed escape
  }
}
