import type { ReadsDocument } from '../../model/document.ts';
import { Problem } from '../../model/problem.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import { PageWatch } from '../development/page-watch.ts';
import type { PreparedDocument } from '../document/prepare-document.ts';
import { encode, readsJpeg } from '../encode.ts';
import type { Rendering, RenderRequest } from '../renderer.ts';
import { capture } from './capture.ts';
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
    const [{ complete, selected, flat, cut }] = await Promise.all([
      ready(page, document, { budget: left, lived: options.delay ?? lived }),
      prepared,
    ]);
    const element = selected?.kind === 'element' ? selected : undefined;
    const lossless = flat || !readsJpeg(spec);
    const shot = await capture(page, { viewport, lossless, box: element?.box, patient: complete });
    // Seen afterwards, and never kept.
    if (!handover.isHeld) throw new Problem('render-failed', 'The page put another document in its own place.');
    const observation = await watch?.read();
    const drawn = performance.now();
    const [{ bytes, type, limits }, looks] = await Promise.all([
      encode(shot, { spec, viewport, flat, background: element?.background }),
      // What was drawn unfinished is nobody else's.
      document.commonFingerprint === null || !complete || handover.isRedirected || loadedCodeLooksAtConsumer(page),
    ]);
    return {
      bytes,
      type,
      width: viewport.pictureWidth,
      height: viewport.pictureHeight,
      complete,
      cut,
      common: looks ? null : limits,
      ...(observation && { observation }),
      ...(selected?.kind === 'nothing' ? { selectorIgnored: selected.why } : {}),
      renderTime: milliseconds(drawn - started),
      encodeTime: milliseconds(performance.now() - drawn),
    };
  } finally {
    handover.stop();
  }
}

/** What must hold before the document is there: sent ahead of the navigation, and so in force when it begins. */
async function prepare(page: Page, document: PreparedDocument, viewport: Viewport): Promise<void> {
  const source = injectStylesScript(document.mode === 'template', document.options.style);
  await Promise.all([page.setViewport(viewport), ...(source === undefined ? [] : [page.runInDocuments(source)])]);
}
