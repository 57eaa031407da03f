import { Failure } from '../errors.ts';
import { type Milliseconds, milliseconds } from '../units.ts';
import { capture, captureDeadline, encode } from './capture.ts';
import { CdpError } from './cdp.ts';
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
 * @throws {CdpError} where the page or the browser does not answer: its context must go.
 */
export async function draw(page: Page, request: RenderRequest, budget: Milliseconds): Promise<Rendering> {
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
    const complete = await ready(page, document.url, milliseconds(budget - (performance.now() - started)));
    await Promise.all([metrics, language]);
    const shot = await capture(page, frame);
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
  const stopListening = page.on('Page.loadEventFired', () => loaded.resolve(true));
  try {
    const navigation = page.send('Page.navigate', { url: withoutFragment(url) }, budget).then(({ errorText }) => {
      if (errorText === undefined || errorText === 'net::ERR_ABORTED') return loaded.promise;
      throw new Failure('render-failed', `The page could not be loaded: ${errorText}.`);
    });
    const settled = navigation.then(() => settle(page, budget));
    settled.catch(() => {}); // where the budget ends first, what fails later no longer matters
    const complete = await Promise.race([settled, over.promise]);
    if (!complete) page.send('Page.stopLoading', undefined).catch(() => {}); // the capture says whether it is alive
    return complete;
  } catch (error) {
    // A command that outlived the budget: the page may still be able to show what it has.
    if (error instanceof CdpError && error.lost) return false;
    throw error;
  } finally {
    clearTimeout(timer);
    stopListening();
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
