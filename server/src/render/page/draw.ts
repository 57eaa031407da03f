import { Problem } from '../../model/problem.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import { PageWatch } from '../development/page-watch.ts';
import type { PreparedDocument } from '../document/prepare-document.ts';
import { encode, readsJpeg } from '../encode.ts';
import type { Rendering, RenderRequest } from '../renderer.ts';
import { capture } from './capture/capture.ts';
import { captureAtRest } from './capture/capture-at-rest.ts';
import { emptinessOf, faultsOf } from './capture/emptiness.ts';
import { dropSpeculationRulesScript } from './drop-speculation-rules.ts';
import { DocumentHandover, type HandoverLimits } from './fulfil-document.ts';
import { injectStylesScript } from './inject-styles.ts';
import { loadedCodeLooksAtConsumer } from './loaded-code.ts';
import type { Page } from './page.ts';
import { ready } from './ready/ready.ts';
import { mayPrefetch } from './refuse-requests.ts';
import { type Viewport, viewportFor } from './viewport.ts';

export interface RenderLimits extends HandoverLimits {
  /** For loading and settling; when it ends, the page is captured as it is. */
  readonly budget: Milliseconds;
  /** How long an animated page runs before it is captured, by its own clock. */
  readonly virtualTimeBudget: Milliseconds;
}

const roomOfText = 0.05;
// As many as a person reads.
const mostListed = 5;
const longestListed = 200;

/**
 * Renders a document in a page made ahead: fulfils the document, waits for events, captures.
 * @throws {CdpError} if the page or browser does not respond: its context must be closed; `PageGone` if it exited.
 * @throws {ClockStuck} if the page must be drawn in one that renders frames on its own.
 * @throws {Problem} `render-failed` if the page replaced its document by another.
 */
export function draw(page: Page, request: RenderRequest, limits: RenderLimits): Promise<Rendering> {
  return Promise.race([page.gone, drawReady(page, request, limits)]);
}

async function drawReady(
  page: Page,
  request: RenderRequest,
  { budget, virtualTimeBudget, maxDocumentBytes, read }: RenderLimits,
): Promise<Rendering> {
  const { document, development = false } = request;
  const { spec, options } = document;
  const started = performance.now();
  const viewport = viewportFor(spec, options.viewportWidth);
  const handover = new DocumentHandover(page, request, { maxDocumentBytes, read });
  try {
    // Awaited: otherwise the document's process may not know it in time.
    const watch = development ? new PageWatch(page) : undefined;
    await Promise.all([page.setLanguage(document.language), watch?.ready]);
    const prepared = prepare(page, document, viewport);
    const left = leftOf(budget, started);
    const [{ complete: isReady, selected, flat, cut, waitsFor, content: settledContent }] = await Promise.all([
      ready(page, document, { budget: left, virtualTimeBudget: options.delay ?? virtualTimeBudget }),
      prepared,
    ]);
    const element = selected?.kind === 'element' ? selected : undefined;
    // The margin of a heading on a slide: text would otherwise touch the picture's edges.
    const room = element?.isBareText === true ? Math.round(viewport.pictureWidth * roomOfText) : 0;
    const lossless = flat || !readsJpeg(spec);
    const how = { viewport, lossless, box: element?.box, room, isResponsive: isReady };
    const rest = leftOf(budget, started);
    const { documents } = page;
    const hasOwnTime = page.frames === undefined && document.moves && isReady;
    const capturing = hasOwnTime ? captureAtRest(page, document.body, how, rest) : capture(page, how);
    // An incomplete render is not shared. Searched while the picture is drawn and encoded, in other processes.
    const isShared = document.commonFingerprint !== null && isReady && !handover.isRedirected;
    const files = page.traffic.code.size;
    const looksAtConsumer = isShared ? loadedCodeLooksAtConsumer(page) : true;
    const captured = await capturing;
    const isSame = isReady && page.documents === documents;
    const taken = 'shot' in captured ? captured : { shot: captured, content: settledContent, isReady: isSame };
    const { shot, content } = taken;
    // Checked afterwards, and never kept.
    if (!handover.isHeld) throw new Problem('render-failed', 'The page replaced its document with another one.');
    const observation = await watch?.read();
    const drawn = performance.now();
    const isCut = cut.length > 0;
    const [{ bytes, type, limits }, looks, faults] = await Promise.all([
      encode(shot, { spec, viewport, flat, background: element?.background, room }),
      looksAtConsumer,
      taken.isReady && content !== undefined
        ? emptinessOf({ page, document, content, shot, viewport, isCut })
        : unreadiness(page, budget, waitsFor),
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
        ...(isCut ? [`Not waited for, because they affect nothing in view: ${cut.join(', ')}`] : []),
      ],
      common: looks || !complete || handover.isRedirected || page.traffic.code.size > files ? null : limits,
      ...(observation && { observation }),
      ...(selected?.kind === 'nothing' ? { selectorIgnored: selected.why } : {}),
      renderTime: milliseconds(drawn - started),
      encodeTime: milliseconds(performance.now() - drawn),
    };
  } finally {
    handover.stop();
  }
}

function leftOf(budget: Milliseconds, started: number): Milliseconds {
  return milliseconds(Math.max(0, budget - (performance.now() - started)));
}

/** Why the budget was not enough, in sentences for the page's owner. */
async function unreadiness(page: Page, budget: Milliseconds, waitsFor: readonly string[]): Promise<readonly string[]> {
  const listed = waitsFor.slice(0, mostListed).map((url) => url.slice(0, longestListed));
  const why = listed.length === 0 ? '' : ` It was waiting for ${listed.join(', ')}`;
  return [
    `The page was not ready within ${Number((budget / 1000).toFixed(1))} seconds.${why}`,
    ...(await faultsOf(page)),
  ];
}

/** Settings for the document: sent before the navigation, so that they are in force when it begins. */
async function prepare(page: Page, document: PreparedDocument, viewport: Viewport): Promise<void> {
  const scripts = [
    injectStylesScript(document.mode === 'template', document.options.style),
    dropSpeculationRulesScript(document.body),
  ].filter((script) => script !== undefined);
  await Promise.all([
    page.setViewport(viewport),
    page.refusePrefetches(mayPrefetch(document)),
    ...scripts.map((script) => page.runInDocuments(script)),
  ]);
}
