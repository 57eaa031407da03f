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
import { type Activity, unknownActivity } from './activity.ts';
import { type Frames, ofAScreen } from './frames.ts';
import { lookAtActivity } from './look-at-activity.ts';
import { isAtRest, StepLengths } from './step-lengths.ts';
import { Steps } from './steps.ts';
import type { VirtualTime } from './virtual-time.ts';
import { Work } from './work.ts';

// Responses that arrive late get this time to take effect.
const afterNetwork = 1000;
// Consecutive steps without a pause while a page loads: what it waits for besides the network (a worker, a database) takes
// machine time, not page time.
const unpacedSteps = 10;
// What a page waits for in the machine's time: a database, a decoder.
const awaitTimeout = 1000;
// What a frame brings about (an observer of the view) runs in the step after it.
const looksAtRest = 2;
const noTime = milliseconds(0.001);
const betweenBudgets = milliseconds(2);
const betweenChecks = milliseconds(50);
// Three frames of a screen: the step of a page that shows no motion while it waits.
const stillWait = milliseconds(48);
// For a worker that computes; and for one that does not, if the page shows that it waits.
const workersTimeout = 1000;
const busyTimeout = 3000;
const stepsBetweenLooks = 3;
// Of a core, between two looks: the steps themselves take a third of it.
const leastWork = 20;
// A page without content may wait for a database.
const contentTimeout = 2000;
// A page that requests more at every check is captured as it is after this many.
const mostRounds = 4;

export interface VirtualTimeRun {
  readonly page: Page;
  readonly frames: Frames;
  readonly time: VirtualTime;
  readonly load: DocumentLoad;
  readonly requestTimeout: RequestTimeout;
  readonly selector: string | undefined;
  /** Whether it cannot change by itself. Only replacements for what did not load appear by its clock. */
  readonly isStatic: boolean;
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
  const { page, frames, time, load, requestTimeout, selector, signal } = run;
  const { isStatic, virtualTimeBudget, stepsTimeout, deadline } = run;
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
  let activity: Activity = unknownActivity;
  /** When the page was looked at last, by its clock, and which of its documents. */
  let looked = { at: -1, documents: 0 };
  const timeLeft = () => {
    if (isStatic && !requestTimeout.hasExpired) return 0;
    const end = Math.max(virtualTimeBudget, Math.min(lastNetwork + afterNetwork, lastNetwork + virtualTimeBudget));
    return documentStart + end - time.elapsed;
  };
  const look = async (): Promise<Activity> => {
    const { elapsed: at } = time;
    const { documents } = page;
    activity = await lookAtActivity(page, Math.max(0, timeLeft()), deadline);
    looked = { at, documents };
    frames.display = activity.needsDisplay;
    return activity;
  };
  /** What the last look saw, where the clock has stood still since; a new look otherwise. */
  const latest = async (): Promise<Activity> =>
    looked.at === time.elapsed && looked.documents === page.documents && activity.now > 0 ? activity : look();
  const steps = new Steps(time, frames, page.traffic, look);
  if (requestTimeout.hasExpired) steps.ignoreRequests();

  const isWaiting = () => !page.traffic.isQuiet || !(load.isLoaded || requestTimeout.hasExpired);
  /** A step of a page that waits; returns whether to wait longer. */
  const wait = async () => {
    requestTimeout.begin();
    const { open } = page.traffic;
    const isStill = !activity.changed && !activity.requestedFrame && !activity.moves;
    await steps.take(isStill && steps.isPaced ? stillWait : ofAScreen);
    if (!open.every(({ isRepeated }) => isRepeated) || open.length === 0) lastNetwork = time.elapsed - documentStart;
    if (!(await requestTimeout.isOver())) return;
    steps.ignoreRequests();
  };

  /** A stopped clock holds the navigation; a running one would advance before there is a page. */
  const documentCommitted = async () => {
    if (page.documents > 0) return;
    const committed = new Promise<void>((resolve) => {
      load.onDocument = resolve;
    });
    while (page.documents === 0) {
      signal.throwIfAborted();
      await time.advance(noTime, true);
      await resultWithin(betweenBudgets, committed);
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
  /** @returns whether it ended early, because nothing can change the page any more. */
  const runBudget = async (): Promise<boolean> => {
    const stepLengths = new StepLengths(stepsTimeout);
    const work = new Work(page);
    let atRest = 0;
    let awaited = 0;
    for (;;) {
      signal.throwIfAborted();
      if (isWaiting()) {
        await wait();
        atRest = 0;
        continue;
      }
      requestTimeout.reset();
      const left = timeLeft();
      if (left <= 0 || stepLengths.isOver) return false;
      const now = awaited < awaitTimeout ? activity : { ...activity, isAwaiting: false };
      atRest = isAtRest(now, left) && page.workers.isEmpty ? atRest + 1 : 0;
      if (atRest >= looksAtRest) return true;
      const step = atRest > 0 ? ofAScreen : stepLengths.next(now, left);
      const started = performance.now();
      await steps.take(step);
      const took = performance.now() - started;
      stepLengths.record({ step, work: await work.of(took), took });
      if (!now.isAwaiting) continue;
      await sleepUntil(started + ofAScreen);
      awaited += performance.now() - started;
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
      if (!isBusy && !activity.awaitsWorker && now - used < leastWork) return false;
      used = now;
    }
    return false;
  };
  /** The clock stands still: endless animations are at the same moment each time. */
  const settle = async (isAtRest: boolean): Promise<PageInspection | undefined> => {
    const stop = frames.run({ interval: ofAScreen, display: false });
    try {
      frames.skipPauses();
      const script = () => ask(settleScript({ selector, ends: true, waits: !requestTimeout.hasExpired, isAtRest }));
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
    const mayChange = () => !isStatic && (activity.isAwaiting || activity.isOpaque || !page.workers.isEmpty);
    for (; waitedForContent < contentTimeout && mayChange(); waitedForContent += ofAScreen) {
      signal.throwIfAborted();
      const started = performance.now();
      if (isChanging(await steps.take(ofAScreen)) || isWaiting()) return true;
      await sleepUntil(started + ofAScreen);
    }
    return false;
  };

  await documentCommitted();
  for (let round = 1; ; round++) {
    await loadDocument();
    const { documents } = page;
    const { now } = await latest();
    if (now > 0) documentStart = time.elapsed - now;
    await loadVisibleContent();
    let atRest: boolean;
    do atRest = await runBudget();
    while (await waitForWorkers());
    const inspection = page.documents === documents ? await settle(atRest) : undefined;
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

function isChanging({ changed, moves }: Activity): boolean {
  return changed || moves;
}

async function sleepUntil(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await pause(left);
}
