import { Failure } from '../errors.ts';
import { type Milliseconds, milliseconds } from '../units.ts';
import { capture, captureDeadline, encode } from './capture.ts';
import { CdpError, PageGone } from './cdp.ts';
import { handOver } from './hand-over.ts';
import { languageOf } from './language.ts';
import type { Page } from './page.ts';
import { prepareDocument } from './prepare-document.ts';
import type { Rendering, RenderRequest } from './renderer.ts';
import { settleScript } from './settle.ts';
import { viewportFor } from './viewport.ts';

/**
 * Draws a document in a page made ahead: handed over, waited for by events, captured.
 * @param budget for loading and settling; what is there when it ends is drawn.
 * @throws {CdpError} where the page or the browser does not answer: its context must go; `PageGone` where it ended.
 * @throws {Failure} `render-failed` where the page put another document in its place.
 */
export function draw(page: Page, request: RenderRequest, budget: Milliseconds): Promise<Rendering> {
  return Promise.race([page.gone, drawLiving(page, request, budget)]);
}

async function drawLiving(page: Page, request: RenderRequest, budget: Milliseconds): Promise<Rendering> {
  const { document, frame } = request;
  const started = performance.now();
  const viewport = viewportFor(frame, request.viewportWidth);
  const prepared = prepareDocument(document, frame.consumer);
  const stopHandingOver = handOver(page, prepared, document.status);
  try {
    const { width, height, deviceScaleFactor } = viewport;
    const locale = languageOf(prepared.body);
    const metrics = page.send('Emulation.setDeviceMetricsOverride', {
      width,
      height,
      deviceScaleFactor,
      mobile: false,
    });
    // Refused for a language that Chromium does not know: the page is then drawn in the default one.
    const language = page.send('Emulation.setLocaleOverride', { locale }).catch(() => {});
    const left = milliseconds(budget - (performance.now() - started));
    const [complete] = await Promise.all([ready(page, document.url, left), metrics, language]);
    const shot = await capture(page, frame);
    // `about:blank`, `blob:` and history are no requests that could be refused: seen afterwards, and never kept.
    if (page.documents > 1) throw new Failure('render-failed', 'The page put another document in its own place.');
    const drawn = performance.now();
    const { bytes, type } = await encode(shot, frame, viewport);
    return {
      bytes,
      type,
      width: viewport.pictureWidth,
      height: viewport.pictureHeight,
      complete,
      renderTime: milliseconds(drawn - started),
      encodeTime: milliseconds(performance.now() - drawn),
    };
  } finally {
    stopHandingOver();
  }
}

/** Loads the document and waits until what is seen is there. Gives false where the budget ended first. */
async function ready(page: Page, url: string, budget: Milliseconds): Promise<boolean> {
  const over = Promise.withResolvers<false>();
  const timer = setTimeout(() => over.resolve(false), budget);
  const loaded = Promise.withResolvers<true>();
  const stopListening = [
    page.on('Page.loadEventFired', () => loaded.resolve(true)),
    // A document that tried to leave while it loaded has no load event any more, but comes to its end all the same.
    page.on('Page.frameStoppedLoading', ({ frameId }) => {
      if (frameId === page.frameId && page.documents > 0) loaded.resolve(true);
    }),
  ];
  try {
    const navigation = page.send('Page.navigate', { url: withoutFragment(url) }, budget).then(({ errorText }) => {
      if (errorText === undefined || errorText === 'net::ERR_ABORTED') return loaded.promise;
      throw new Failure('render-failed', `The page could not be loaded: ${errorText}.`);
    });
    const settled = navigation.then(() => settle(page, budget));
    settled.catch(() => {}); // where the budget ends first, what fails later no longer matters
    const complete = await Promise.race([settled, over.promise, page.gone]);
    if (!complete) page.send('Page.stopLoading', undefined).catch(() => {}); // the capture says whether it is alive
    return complete;
  } catch (error) {
    // A command that outlived the budget: the page may still be able to show what it has.
    if (error instanceof CdpError && error.lost && !(error instanceof PageGone)) return false;
    throw error;
  } finally {
    clearTimeout(timer);
    for (const stop of stopListening) stop();
  }
}

async function settle(page: Page, budget: Milliseconds): Promise<true> {
  const { executionContextId } = await page.send('Page.createIsolatedWorld', { frameId: page.frameId });
  const params = { expression: settleScript, contextId: executionContextId, awaitPromise: true };
  await page.send('Runtime.evaluate', params, milliseconds(budget + captureDeadline));
  return true;
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}
