import { setTimeout as pause } from 'node:timers/promises';
import { resultWithin } from '../../../concurrency/result-within.ts';
import { Problem } from '../../../model/problem.ts';
import { type Milliseconds, milliseconds } from '../../../model/units.ts';
import { CdpError } from '../../browser/cdp/cdp.ts';
import type { Page } from '../page.ts';
import type { DocumentLoad } from '../ready/document-load.ts';
import type { PageInspection } from '../ready/inspect-page.ts';
import type { RequestTimeout } from '../ready/request-timeout.ts';
import { settleScript } from '../ready/settle.ts';
import { type Frames, ofAScreen } from './frames.ts';
import { StepLengths } from './step-lengths.ts';
import { Steps } from './steps.ts';
import type { VirtualTime } from './virtual-time.ts';
import { lookForMotionScript, type Motion } from './watch-motion.ts';
import { Work } from './work.ts';

// Responses that arrive late get this time to take effect.
const afterNetwork = 1000;
// Consecutive steps without a pause while a page loads: what it waits for besides the network (a worker, a database) takes
// machine time, not page time.
const unpacedSteps = 10;
const pacedSteps = 2;
const noTime = milliseconds(0.001);
const betweenBudgets = 2;
const betweenChecks = milliseconds(50);
// For a worker that computes; and for one that does not, if the page shows that it waits.
const workersTimeout = 1000;
const busyTimeout = 3000;
const stepsBetweenLooks = 3;
// Of a core, between two looks: the steps themselves take a third of it.
const leastWork = 20;
// A page without content may wait for a database.
const contentTimeout = 2000;
// A document that was replaced meanwhile.
const unknown: Motion = { changed: true, moves: true, needsDisplay: false };
// A page that requests more at every check is captured as it is after this many.
const mostRounds = 4;

export interface VirtualTimeRun {
  readonly page: Page;
  readonly frames: Frames;
  readonly time: VirtualTime;
  readonly load: DocumentLoad;
  readonly requestTimeout: RequestTimeout;
  readonly selector: string | undefined;
  /** How long the page runs before it is captured, by its own clock. */
  readonly virtualTimeBudget: Milliseconds;
  /** Our own time for the steps of a page that moves, without the network: if they take longer, they are as few as can be. */
  readonly stepsTimeout: Milliseconds;
  /** For each response of the page. */
  readonly deadline: Milliseconds;
  /** Aborts it: nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/**
 * Runs a page under virtual time until what it shows is at rest, or for as long as animated pages run: its scripts and timers
 * run, and its requests are waited for while their results can still be seen.
 */
export async function runVirtualTime(run: VirtualTimeRun): Promise<PageInspection> {
  const { page, frames, time, load, requestTimeout, selector, virtualTimeBudget, stepsTimeout, deadline, signal } = run;
  /** When the document was there, by its clock. */
  let documentStart: number = time.elapsed;
  let lastNetwork = 0;
  const evaluate = async (script: string): Promise<unknown> => {
    const contextId = await load.world();
    const params = { expression: script, contextId, awaitPromise: true, returnByValue: true };
    return (await page.send('Runtime.evaluate', params, deadline)).result.value;
  };
  /** Undefined if the document was replaced meanwhile. */
  const ask = async (script: string) => {
    try {
      return { value: await evaluate(script) };
    } catch (error) {
      if (error instanceof CdpError && !error.lost) return undefined;
      throw error;
    }
  };
  const lookForMotion = async (): Promise<Motion> => {
    const motion = ((await ask(lookForMotionScript))?.value ?? unknown) as Motion;
    frames.display = motion.needsDisplay;
    return motion;
  };
  const steps = new Steps(time, frames, page.traffic, lookForMotion);
  if (requestTimeout.hasExpired) steps.ignoreRequests();

  const isWaiting = () => !page.traffic.isQuiet || !(load.isLoaded || requestTimeout.hasExpired);
  /** A step of a page that waits; returns whether to wait longer. */
  const wait = async () => {
    const { open } = page.traffic;
    await steps.take(ofAScreen);
    if (!open.every(({ isRepeated }) => isRepeated) || open.length === 0) lastNetwork = time.elapsed - documentStart;
    if (!(await requestTimeout.isOver())) return;
    steps.ignoreRequests();
  };

  /** A stopped clock holds the navigation; a running one would advance before there is a page. */
  const documentCommitted = async () => {
    while (page.documents === 0) {
      signal.throwIfAborted();
      await time.advance(noTime, true);
      await pause(betweenBudgets);
    }
  };
  const loadDocument = async () => {
    for (let step = 0; isWaiting(); step++) {
      signal.throwIfAborted();
      const started = performance.now();
      await wait();
      if (step >= unpacedSteps) await sleepUntil(started + ofAScreen);
    }
    requestTimeout.reset();
  };
  /** Waits until it is done, or until its requests are no longer waited for. */
  const loadVisibleContent = async () => {
    let isDone = false;
    const prepared = ask(settleScript({ selector, ends: false, waits: !requestTimeout.hasExpired })).finally(() => {
      isDone = true;
    });
    prepared.catch(() => {}); // reported to the caller below
    while (!isDone) {
      signal.throwIfAborted();
      await wait();
      if (requestTimeout.hasExpired && !isDone) return;
    }
    // Its head redirected the reader to a refused document: the rest of it is never read.
    if ((await prepared)?.value === false)
      throw new Problem('render-failed', 'The page sends its reader elsewhere before it shows anything.');
    requestTimeout.reset();
  };
  const runBudget = async () => {
    const stepLengths = new StepLengths(stepsTimeout);
    const work = new Work(page);
    let taken = 0;
    for (;;) {
      signal.throwIfAborted();
      if (isWaiting()) {
        await wait();
        continue;
      }
      requestTimeout.reset();
      const end = Math.max(virtualTimeBudget, Math.min(lastNetwork + afterNetwork, lastNetwork + virtualTimeBudget));
      const left = documentStart + end - time.elapsed;
      if (left <= 0 || stepLengths.isOver) return;
      const started = performance.now();
      const step = milliseconds(Math.min(stepLengths.next(), left));
      const { moves } = await steps.take(step);
      const took = performance.now() - started;
      stepLengths.record({ step, moves, work: await work.of(took), took });
      // Databases and decoders respond in machine time: mostly within a frame or two.
      if (++taken <= pacedSteps) await sleepUntil(started + ofAScreen);
    }
  };
  let waitedForWorkers = 0;
  /** Whether workers, which have the machine's time, change the page after its own. */
  const waitForWorkers = async (): Promise<boolean> => {
    if (page.workers.isEmpty) return false;
    const isBusy = (await requestTimeout.look())?.isBusy === true;
    const most = isBusy ? busyTimeout : workersTimeout;
    for (let used = await page.timeUsed(); waitedForWorkers < most; ) {
      const started = performance.now();
      for (let n = 0; n < stepsBetweenLooks; n++) {
        signal.throwIfAborted();
        if ((await steps.take(ofAScreen)).changed || isWaiting()) {
          lastNetwork = time.elapsed - documentStart;
          return true;
        }
        await pause(betweenChecks);
      }
      waitedForWorkers += performance.now() - started;
      const now = await page.timeUsed();
      if (!isBusy && now - used < leastWork) return false;
      used = now;
    }
    return false;
  };
  /** The clock stands still: endless animations are at the same moment each time. */
  const settle = async (): Promise<PageInspection | undefined> => {
    const stop = frames.run({ interval: ofAScreen, display: false });
    try {
      frames.skipPauses();
      const script = () => ask(settleScript({ selector, ends: true, waits: !requestTimeout.hasExpired }));
      let settling = script();
      for (;;) {
        const asked = await resultWithin(
          betweenChecks,
          settling.then((answer) => ({ answer })),
        );
        if (asked !== undefined) return asked.answer?.value as PageInspection | undefined;
        signal.throwIfAborted();
        if (!(await requestTimeout.isOver())) continue;
        settling.catch(() => {}); // still waits for something that is no longer waited for
        settling = script();
      }
    } finally {
      stop();
    }
  };

  let waitedForContent = 0;
  /** Whether a page without content shows something after all, given our own time: it may wait for a database. */
  const waitForContent = async (): Promise<boolean> => {
    for (; waitedForContent < contentTimeout; waitedForContent += ofAScreen) {
      signal.throwIfAborted();
      const started = performance.now();
      if ((await steps.take(ofAScreen)).moves || isWaiting()) return true;
      await sleepUntil(started + ofAScreen);
    }
    return false;
  };

  await documentCommitted();
  for (let round = 1; ; round++) {
    await loadDocument();
    const { documents } = page;
    const age = await ask('performance.now()');
    if (typeof age?.value === 'number') documentStart = time.elapsed - age.value;
    await loadVisibleContent();
    do await runBudget();
    while (await waitForWorkers());
    const inspection = page.documents === documents ? await settle() : undefined;
    signal.throwIfAborted();
    if (inspection === undefined || page.documents !== documents) continue;
    const isLast = round >= mostRounds;
    if (isWaiting() && !isLast) continue;
    if (isLast || !isBlank(inspection) || !(await waitForContent())) return inspection;
  }
}

function isBlank({ content: { hasText, hasPicture, hasGround } }: PageInspection): boolean {
  return !hasText && !hasPicture && !hasGround;
}

async function sleepUntil(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await pause(left);
}
