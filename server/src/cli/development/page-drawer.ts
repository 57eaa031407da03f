import { join } from 'node:path';
import sharp from 'sharp';
import { renderOptionsOf } from '../../cards/render-options.ts';
import type { Config } from '../../config.ts';
import { DocumentReader } from '../../document/document-reader.ts';
import type { PictureSpec } from '../../model/picture-spec.ts';
import { milliseconds } from '../../model/units.ts';
import { FetchProblem } from '../../origin/fetch-problem.ts';
import { openGate } from '../../origin/gate.ts';
import type { Guard } from '../../origin/guard.ts';
import { pageLimits } from '../../page-limits.ts';
import { type PreparedDocument, prepareDocument } from '../../render/document/prepare-document.ts';
import type { Rendering } from '../../render/renderer.ts';
import { startRenderer } from '../../render/start-renderer.ts';
import { commandGuard, type FetchedPage, fetchPage } from '../fetch-page.ts';
import { CommandError, note } from '../terminal.ts';
import { errorPageMessage } from './error-page.ts';
import { type FileReader, openFileReader } from './read-file.ts';

/** A card rendered for a page's developer. */
export interface DrawnCard extends Rendering {
  /** The errors that the page reported. */
  readonly errors: readonly string[];
  /** Why this is not a picture of the page, in words; undefined if it is. */
  readonly failure: string | undefined;
}

/** Renders pages on this machine, for commands that need no service. */
export interface PageDrawer extends AsyncDisposable {
  readonly guard: Guard;
  /** @throws {CommandError} if the page's response cannot be rendered. */
  fetch(pageUrl: string): Promise<FetchedPage>;
  prepare(page: FetchedPage, spec: PictureSpec): PreparedDocument;
  draw(document: PreparedDocument): Promise<DrawnCard>;
}

// A development server builds a page at its first request.
const buildTime = 60_000;

export async function openPageDrawer(config: Config): Promise<PageDrawer> {
  await using parts = new AsyncDisposableStack();
  const guard = commandGuard(config);
  const gate = parts.use(await openGate(guard));
  const documents = parts.use(new DocumentReader({ queueLimit: 64 }));
  const reader = parts.use(openFileReader(guard));
  const renderer = parts.use(
    await startRenderer({
      browser: config.browser,
      allowRoot: config.allowRootBrowser,
      renderers: 1,
      queueLimit: 64,
      budget: config.renderBudget,
      virtualTimeBudget: config.pageLife,
      maxDocumentBytes: config.maxDocumentBytes,
      read: (...document) => documents.read(...document),
      browserMemory: config.browserMemoryBytes,
      proxyServer: gate.url,
      pageLimits: pageLimits(guard, config),
      fontsDir: join(config.dataDir, 'fonts'),
      log: { info() {}, warn: (facts, message) => note(`${message}: ${JSON.stringify(facts)}`) },
    }),
  );
  const opened = parts.move();
  return {
    guard,
    async fetch(pageUrl) {
      const patient = { ...config, fetchTimeout: milliseconds(Math.max(config.fetchTimeout, buildTime)) };
      const page = await fetchPage(patient, pageUrl, guard).catch(async (error) => {
        throw error instanceof FetchProblem ? await withErrorPageMessage(error, pageUrl, reader) : error;
      });
      if (page.fetched.kind !== 'document') throw new CommandError(`The page answers ${page.fetched.head.status}.`);
      return page;
    },
    prepare({ fetched, tags }, spec) {
      if (fetched.kind !== 'document') throw new CommandError(`The page answers ${fetched.head.status}.`);
      const { head, body, charset, reading } = fetched;
      const document = { url: head.url, status: head.status, headers: head.headers, body, charset, reading };
      return prepareDocument(document, spec, renderOptionsOf(tags));
    },
    async draw(document) {
      const drawn = await renderer.render({ document, partition: 'command', development: true });
      const { errors = [], overlay = '' } = drawn.observation ?? {};
      return { ...drawn, errors, failure: await failureOf(drawn.bytes, errors, overlay) };
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** A failing development server often explains the error in a page. */
async function withErrorPageMessage(error: FetchProblem, pageUrl: string, reader: FileReader): Promise<Error> {
  const { status } = error.facts;
  if (typeof status !== 'number' || status < 500) return error;
  const found = await reader.read(pageUrl, '', AbortSignal.timeout(buildTime)).catch(() => undefined);
  const message = found?.kind === 'text' ? errorPageMessage(found.text) : '';
  return message === '' ? error : new CommandError(`${error.message} It says:\n${message}`);
}

async function failureOf(bytes: Buffer, errors: readonly string[], overlay: string): Promise<string | undefined> {
  if (overlay !== '') return `Its development server shows an error instead:\n${overlay}`;
  if (errors.length > 0 && (await isPlain(bytes))) return `It is empty and reported:\n${errors.join('\n')}`;
  return undefined;
}

// Differences within a lossy picture of one colour.
const noise = 4;

async function isPlain(bytes: Buffer): Promise<boolean> {
  const { channels } = await sharp(bytes).stats();
  return channels.every(({ min, max }) => max - min <= noise);
}
