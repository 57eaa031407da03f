import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Problem } from '../../model/problem.ts';
import type { Milliseconds } from '../../model/units.ts';
import type { Origin, RedirectHost } from '../../model/website.ts';
import { decoded, skipBody } from '../body.ts';
import { asFailure } from '../failures.ts';
import type { Requests } from '../requests.ts';
import { SitemapParser } from './sitemap-parser.ts';

/** Whose sitemap it is, and how it is asked for. */
export interface SitemapOf {
  readonly origin: Origin;
  readonly headers: Readonly<Record<string, string>>;
  readonly secretHeaders?: Readonly<Record<string, string>>;
  readonly redirectHosts: readonly RedirectHost[];
}

// sitemaps.org: 50,000 addresses and 50 MB in a file, decompressed. An index of indexes is not allowed there, but some exist.
const limits = { pages: 50_000, files: 500, bytes: 52_428_800, depth: 3 };

// A file of 50 MB over a slow line.
const fileTimeoutMs = 60_000;
// `\s` would go over line breaks: from each of a half million empty lines to the end, which takes minutes.
const sitemapLine = /^[ \t]*sitemap[ \t]*:[ \t]*(\S+)/gim;

// RFC 9309 §2.5: crawlers read at least 500 KiB.
const robotsBytes = 512_000;
const mostNamed = 1000;

export interface SitemapReaderOptions {
  readonly requests: Requests;
  /** Runs each request within the website's own limit. */
  readonly politely: <T>(fetch: () => Promise<T>) => Promise<T>;
  readonly timeout: Milliseconds;
}

/** What was read, besides the pages. */
export interface SitemapRead {
  readonly pages: number;
  /** Addresses of other websites, and the first of their origins. */
  readonly foreign: number;
  readonly foreignOrigin: string | null;
  /** Sentences about what was left out. */
  readonly remarks: readonly string[];
}

/**
 * Gives the pages of a website's sitemaps in batches, as they arrive. Only addresses of the website itself are read or given.
 * @param sitemap its address; null for those that `robots.txt` names, or else `/sitemap.xml`.
 * @throws {Problem} if none can be read.
 */
export async function readSitemap(
  of: SitemapOf,
  sitemap: string | null,
  onPages: (addresses: readonly string[]) => Promise<void>,
  options: SitemapReaderOptions,
  signal: AbortSignal,
): Promise<SitemapRead> {
  const first = sitemap === null ? await namedByRobots(of, options, signal) : [sitemap];
  const waiting = first.map((address) => ({ address, depth: 0 }));
  const seen = new Set(first);
  const remarks = new Set<string>();
  let [pages, files, foreign] = [0, 0, 0];
  let foreignOrigin: string | null = null;

  for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
    const { address, depth } = file;
    const isOnly = files === 0 && waiting.length === 0;
    if (files++ >= limits.files) {
      remarks.add(`Only the first ${limits.files} sitemap files were read.`);
      break;
    }
    let batch: string[] = [];
    const parser = new SitemapParser(({ kind, address: found }) => {
      const url = URL.parse(found);
      if (url?.origin !== of.origin) {
        foreign++;
        foreignOrigin ??= url?.origin ?? null;
      } else if (kind === 'page') {
        if (pages + batch.length < limits.pages) batch.push(url.href);
        else remarks.add(`Only the first ${limits.pages} addresses were read.`);
      } else if (depth + 1 > limits.depth) {
        remarks.add(`Sitemaps more than ${limits.depth} indexes deep were not read.`);
      } else if (!seen.has(url.href) && seen.size < 2 * limits.files) {
        seen.add(url.href);
        waiting.push({ address: url.href, depth: depth + 1 });
      }
    });
    try {
      for await (const text of linesOf(of, address, limits.bytes, options, signal)) {
        parser.write(text);
        if (batch.length === 0) continue;
        const found = batch;
        batch = [];
        pages += found.length;
        await onPages(found);
      }
      parser.end();
      if (!parser.isSitemap) throw new Problem('page-unsuitable', 'It is not a sitemap.');
    } catch (error) {
      signal.throwIfAborted();
      const sentence = (error instanceof Error ? error.message : String(error)).replace(/^The page /, 'It ');
      // One broken file of many costs its own pages only.
      if (isOnly) throw new Problem('page-unsuitable', `The sitemap ${address} cannot be read. ${sentence}`);
      remarks.add(`The sitemap ${address} cannot be read. ${sentence}`);
    }
    pages += batch.length;
    if (batch.length > 0) await onPages(batch);
  }
  return { pages, foreign, foreignOrigin, remarks: [...remarks].slice(0, mostRemarks) };
}

const mostRemarks = 10;

/** RFC 9309 has no word on it, but all crawlers read `Sitemap:` lines. */
async function namedByRobots(
  of: SitemapOf,
  options: SitemapReaderOptions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  let text = '';
  try {
    for await (const part of linesOf(of, `${of.origin}/robots.txt`, robotsBytes, options, signal)) text += part;
  } catch {
    signal.throwIfAborted(); // a website without one
  }
  const named = [...text.matchAll(sitemapLine).take(mostNamed)].map(([, address = '']) => address);
  const own = named.filter((address) => URL.parse(address)?.origin === of.origin);
  return own.length > 0 ? [...new Set(own)].slice(0, 50) : [`${of.origin}/sitemap.xml`];
}

/** The text of a file, as it arrives. */
async function* linesOf(
  of: SitemapOf,
  address: string,
  limit: number,
  { requests, politely, timeout }: SitemapReaderOptions,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const url = URL.parse(address);
  if (url?.origin !== of.origin) {
    throw new Problem('address-refused', `The address of the sitemap must begin with ${of.origin}.`);
  }
  const deadline = AbortSignal.timeout(fileTimeoutMs);
  const ends = AbortSignal.any([signal, deadline]);
  try {
    const { head, body } = await politely(() =>
      requests.follow(
        {
          origin: of.origin,
          target: url.pathname + url.search,
          headers: { ...of.headers, accept: 'application/xml,text/xml,text/plain;q=0.9,*/*;q=0.1' },
          redirectHosts: of.redirectHosts,
          bypassCaches: true, // after a deploy, a cache in front of the website may still have the old one
          ...(of.secretHeaders && { secretHeaders: of.secretHeaders }),
        },
        ends,
      ),
    );
    if (head.status !== 200) {
      skipBody(body);
      throw new Problem('page-unsuitable', `It answers ${head.status}.`);
    }
    const decoder = new TextDecoder();
    let size = 0;
    for await (const chunk of unzipped(decoded(body, head.headers))) {
      size += chunk.length;
      if (size > limit) throw new Problem('page-unsuitable', `It is larger than ${Math.round(limit / 1e6)} MB.`);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    signal.throwIfAborted();
    throw asFailure(error, deadline.aborted, timeout);
  }
}

/** `sitemap.xml.gz` is a gzip file of type `application/gzip`, which is no content encoding. */
async function* unzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  const rest = { [Symbol.asyncIterator]: () => iterator };
  try {
    const { value: first, done } = await iterator.next();
    if (done === true) return;
    const whole = prepended(first, rest);
    const isGzip = first[0] === 0x1f && first[1] === 0x8b;
    yield* isGzip ? (pipeline(whole, createGunzip(), () => {}) as Readable) : whole;
  } finally {
    await iterator.return?.();
  }
}

async function* prepended(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
