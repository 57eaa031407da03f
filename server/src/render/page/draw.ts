import { Problem } from '../../model/problem.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import { CdpError, PageGone } from '../browser/cdp.ts';
import type { PreparedDocument } from '../document/prepare-document.ts';
import { encode, readsJpeg } from '../encode.ts';
import type { Rendering, RenderRequest } from '../renderer.ts';
import { capture, captureDeadline } from './capture.ts';
import { ofAScreen } from './frames.ts';
import { fulfilDocument } from './fulfil-document.ts';
import { injectStylesScript } from './inject-styles.ts';
import type { PageInspection } from './inspect-page.ts';
import { loadedCodeLooksAtConsumer } from './loaded-code.ts';
import type { Page } from './page.ts';
import { settleScript } from './settle.ts';
import { type Viewport, viewportFor } from './viewport.ts';

/**
 * Draws a document in a page made ahead: handed over, waited for by events, captured.
 * @param budget for loading and settling; what is there when it ends is drawn.
 * @throws {CdpError} where the page or the browser does not answer: its context must go; `PageGone` where it ended.
 * @throws {Problem} `render-failed` where the page put another document in its place.
 */
export function draw(page: Page, request: RenderRequest, budget: Milliseconds): Promise<Rendering> {
  return Promise.race([page.gone, drawLiving(page, request, budget)]);
}

async function drawLiving(page: Page, { document }: RenderRequest, budget: Milliseconds): Promise<Rendering> {
  const { spec, options } = document;
  const started = performance.now();
  const viewport = viewportFor(spec, options.viewportWidth);
  const stopFulfilling = fulfilDocument(page, document);
  try {
    // Awaited: the process that the document comes to live in would not always know it otherwise.
    await page.speak(document.language);
    const prepared = prepare(page, document, viewport);
    const left = milliseconds(budget - (performance.now() - started));
    const [{ complete, selected, flat }] = await Promise.all([ready(page, document, left), prepared]);
    const element = selected?.kind === 'element' ? selected : undefined;
    const lossless = flat || !readsJpeg(spec);
    const shot = await capture(page, { viewport, lossless, box: element?.box, patient: complete });
    // `about:blank`, `blob:` and history are no requests that could be refused: seen afterwards, and never kept.
    if (page.documents > 1) throw new Problem('render-failed', 'The page put another document in its own place.');
    const drawn = performance.now();
    const [{ bytes, type, limits }, looks] = await Promise.all([
      encode(shot, { spec, viewport, flat, background: element?.background }),
      // What was drawn unfinished is nobody else's.
      document.commonFingerprint === null || !complete || loadedCodeLooksAtConsumer(page),
    ]);
    return {
      bytes,
      type,
      width: viewport.pictureWidth,
      height: viewport.pictureHeight,
      complete,
      common: looks ? null : limits,
      ...(selected?.kind === 'nothing' ? { selectorIgnored: selected.why } : {}),
      renderTime: milliseconds(drawn - started),
      encodeTime: milliseconds(performance.now() - drawn),
    };
  } finally {
    stopFulfilling();
  }
}

/** What must hold before the document is there: sent ahead of the navigation, and so in force when it begins. */
async function prepare(page: Page, document: PreparedDocument, viewport: Viewport): Promise<void> {
  const source = injectStylesScript(document.mode === 'template', document.options.style);
  await Promise.all([page.setViewport(viewport), ...(source === undefined ? [] : [page.runInDocuments(source)])]);
}

interface Readiness extends PageInspection {
  /** False where the budget ended first. */
  readonly complete: boolean;
}

const unfinished: Readiness = { complete: false, selected: null, flat: false, mixed: true };

/** Loads the document and waits until what is seen is there, or the budget ends. */
async function ready(page: Page, document: PreparedDocument, budget: Milliseconds): Promise<Readiness> {
  const over = Promise.withResolvers<Readiness>();
  const timer = setTimeout(() => over.resolve(unfinished), budget);
  const loaded = Promise.withResolvers<true>();
  let world = undefined as Promise<number> | undefined;
  let stopFrames = (): void => {};
  const stopListening = [
    // Made while the document loads.
    page.on('Page.frameNavigated', ({ frame }) => {
      if (frame.id !== page.frameId) return;
      stopFrames();
      stopFrames = page.frames?.run({ interval: ofAScreen, display: false }) ?? stopFrames;
      world = page.ownWorld();
      world.catch(() => {}); // another one is made where it went with its document
    }),
    page.on('Page.loadEventFired', () => loaded.resolve(true)),
    // A document that tried to leave while it loaded has no load event any more, but comes to its end all the same.
    page.on('Page.frameStoppedLoading', ({ frameId }) => {
      if (frameId === page.frameId && page.documents > 0) loaded.resolve(true);
    }),
  ];
  try {
    const navigation = page
      .send('Page.navigate', { url: withoutFragment(document.url) }, budget)
      .then(({ errorText }) => {
        if (errorText === undefined || errorText === 'net::ERR_ABORTED') return loaded.promise;
        throw new Problem('render-failed', `The page could not be loaded: ${errorText}.`);
      });
    const settled = navigation.then(() => settle(page, world, document, budget));
    settled.catch(() => {}); // where the budget ends first, what fails later no longer matters
    const readiness = await Promise.race([settled, over.promise, page.gone]);
    page.isNeutral = readiness.complete && !readiness.mixed;
    if (!readiness.complete) page.send('Page.stopLoading', undefined).catch(() => {}); // the capture says whether it is alive
    return readiness;
  } catch (error) {
    // A command that outlived the budget: the page may still be able to show what it has.
    if (error instanceof CdpError && error.lost && !(error instanceof PageGone)) return unfinished;
    throw error;
  } finally {
    clearTimeout(timer);
    stopFrames();
    for (const stop of stopListening) stop();
  }
}

// A page that draws itself asks for what it shows, and then perhaps for more. What takes longer than this after the load
// is taken for a request that never ends (a long poll): no crawler would wait for it.
const trafficPatience = milliseconds(3000);

async function settle(
  page: Page,
  world: Promise<number> | undefined,
  { mode, options, runsScripts }: PreparedDocument,
  budget: Milliseconds,
): Promise<Readiness> {
  const loaded = performance.now();
  const left = () => milliseconds(trafficPatience - (performance.now() - loaded));
  const contextId = (await world?.catch(() => undefined)) ?? (await page.ownWorld());
  const expression = settleScript(mode === 'selector' ? options.selector : undefined);
  const params = { expression, contextId, awaitPromise: true, returnByValue: true };
  // What scripts and other documents are about to show nobody can know: they get the time of two frames of a screen.
  const isStill = !page.hasFrames && !runsScripts;
  for (;;) {
    await page.traffic.quiet(left());
    const settled = page.send('Runtime.evaluate', params, milliseconds(budget + captureDeadline));
    if (isStill) page.frames?.hurry();
    const { result } = await settled;
    if (!page.traffic.isQuiet && left() > 0) continue;
    return { complete: true, ...(result.value as PageInspection) };
  }
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url;
}
