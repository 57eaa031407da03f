import type { ReadsDocument } from '../../model/document.ts';
import { Problem } from '../../model/problem.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import { PageWatch } from '../development/page-watch.ts';
import type { PreparedDocument } from '../document/prepare-document.ts';
import { encode, readsJpeg } from '../encode.ts';
import type { Rendering, RenderRequest } from '../renderer.ts';
import { capture } from './capture.ts';
import { captureAtRest } from './capture-at-rest.ts';
import { emptinessOf, faultsOf } from './emptiness.ts';
import { DocumentHandover } from './fulfil-document.ts';
import { injectStylesScript } from './inject-styles.ts';
import { loadedCodeLooksAtConsumer } from './loaded-code.ts';
import type { Page } from './page.ts';
import { ready } from './ready.ts';
import { type Viewport, viewportFor } from './viewport.ts';

export interface DrawingLimits {
  /** For loading and settling; what is there when it ends is drawn. */
  readonly budget: Milliseconds;
  /** What a page that moves lives before it is drawn, by its own clock. */
  readonly lived: Milliseconds;
  /** Reads what a page that sends its reader on leads to. */
  readonly read: ReadsDocument;
}

const roomOfText = 0.05;
// As many as a person reads.
const mostTold = 5;
const longestTold = 200;

/**
 * Draws a document in a page made ahead: handed over, waited for by events, captured.
 * @throws {CdpError} where the page or the browser does not answer: its context must go; `PageGone` where it ended.
 * @throws {Problem} `render-failed` where the page put another document in its place.
 */
export function draw(page: Page, request: RenderRequest, limits: DrawingLimits): Promise<Rendering> {
  return Promise.race([page.gone, drawReady(page, request, limits)]);
}

async function drawReady(
  page: Page,
  request: RenderRequest,
  { budget, lived, read }: DrawingLimits,
): Promise<Rendering> {
  const { document, development = false } = request;
  const { spec, options } = document;
  const started = performance.now();
  const viewport = viewportFor(spec, options.viewportWidth);
  const handover = new DocumentHandover(page, request, read);
  try {
    // Awaited: the process that the document comes to live in would not always know it otherwise.
    const watch = development ? new PageWatch(page) : undefined;
    await Promise.all([page.speak(document.language), watch?.ready]);
    const prepared = prepare(page, document, viewport);
    const left = milliseconds(budget - (performance.now() - started));
    const [{ complete: isReady, selected, flat, cut, waitsFor, content: settledContent }] = await Promise.all([
      ready(page, document, { budget: left, lived: options.delay ?? lived }),
      prepared,
    ]);
    const element = selected?.kind === 'element' ? selected : undefined;
    // As much as a heading on a slide has: it would touch the picture's edges otherwise.
    const room = element?.isBareText === true ? Math.round(viewport.pictureWidth * roomOfText) : 0;
    const lossless = flat || !readsJpeg(spec);
    const how = { viewport, lossless, box: element?.box, room, patient: isReady };
    const rest = milliseconds(budget - (performance.now() - started));
    const hasOwnTime = page.frames === undefined && document.moves && isReady;
    const { shot, content } = hasOwnTime
      ? await captureAtRest(page, how, rest)
      : { shot: await capture(page, how), content: settledContent };
    // Seen afterwards, and never kept.
    if (!handover.isHeld) throw new Problem('render-failed', 'The page put another document in its own place.');
    const observation = await watch?.read();
    const drawn = performance.now();
    const isCut = cut.length > 0;
    const [{ bytes, type, limits }, looks, faults] = await Promise.all([
      encode(shot, { spec, viewport, flat, background: element?.background, room }),
      // What was drawn unfinished is nobody else's.
      document.commonFingerprint === null || !isReady || handover.isRedirected || loadedCodeLooksAtConsumer(page),
      isReady ? emptinessOf({ page, document, content, shot, viewport, isCut }) : unreadiness(page, budget, waitsFor),
    ]);
    const complete = faults === undefined;
    return {
      bytes,
      type,
      width: viewport.pictureWidth,
      height: viewport.pictureHeight,
      complete,
      remarks: [
        ...(faults ?? []),
        ...(isCut ? [`Not waited for, because nothing in view was theirs: ${cut.join(', ')}`] : []),
      ],
      common: looks || !complete ? null : limits,
      ...(observation && { observation }),
      ...(selected?.kind === 'nothing' ? { selectorIgnored: selected.why } : {}),
      renderTime: milliseconds(drawn - started),
      encodeTime: milliseconds(performance.now() - drawn),
    };
  } finally {
    handover.stop();
  }
}

/** Why the budget was not enough, in sentences for the page's owner. */
async function unreadiness(page: Page, budget: Milliseconds, waitsFor: readonly string[]): Promise<readonly string[]> {
  const told = waitsFor.slice(0, mostTold).map((url) => url.slice(0, longestTold));
  const why = told.length === 0 ? '' : ` It was waiting for ${told.join(', ')}`;
  return [`The page was not ready within ${budget / 1000} seconds.${why}`, ...(await faultsOf(page))];
}

/** What must hold before the document is there: sent ahead of the navigation, and so in force when it begins. */
async function prepare(page: Page, document: PreparedDocument, viewport: Viewport): Promise<void> {
  const source = injectStylesScript(document.mode === 'template', document.options.style);
  await Promise.all([page.setViewport(viewport), ...(source === undefined ? [] : [page.runInDocuments(source)])]);
}
