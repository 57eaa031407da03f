import { type Milliseconds, milliseconds } from '../../../model/units.ts';
import type { Activity } from './activity.ts';
import { ofAScreen } from './frames.ts';

// Some animations count frames instead of time; most of those end within a second of frames.
const fineFrames = 60;
const slowMotion = 50;
// A change without an animation frame: what follows it takes no frames.
const ofATimer = 50;
// Something that cannot be observed and begins during such a long step is noticed at its end, and continues at the frame rate.
const longest = 1600;
// After the moment that is waited for: it has come then.
const slack = 2;
// Milliseconds of the page's work. A page that renders 3D scenes on one core does not get all the frames it would like; but
// libraries take a pause of more than half a second for a suspended page, and continue where they were.
const coarseAfter = 600;
const coarseStep = 100;
const coarsestAfter = 1200;
const coarsestStep = 400;
// What computes without an end is captured as it is.
const mostWork = 3000;
// A page that computes throughout its time gets steps in which it does not compute longer than this.
const longWork = 1000;

/**
 * The length of the next step of virtual time: one frame while the page moves, up to its next timer or the end of an
 * animation where it only waits, and ever longer while nothing changes. A page that does much gets fewer frames. What counts
 * is its work, in milliseconds of a core, not how long the machine takes for it.
 */
export class StepLengths {
  readonly #timeout: Milliseconds;
  #work = 0;
  #took = 0;
  #moved = 0;
  #still = 0;
  #most = Number.POSITIVE_INFINITY;

  /** @param timeout our own time for all steps: if they take longer, on a busy machine, they are as few as can be. */
  constructor(timeout: Milliseconds) {
    this.#timeout = timeout;
  }

  /** Whether it has done more than a page may. */
  get isOver(): boolean {
    return this.#work > mostWork;
  }

  /** @param left of its budget, in milliseconds. */
  next(activity: Activity, left: number): Milliseconds {
    const isFine = activity.moves || (activity.changed && activity.requestedFrame);
    if (isFine) this.#moved++;
    if (isFine || activity.changed) this.#still = 0;
    const step = isFine ? (this.#moved > fineFrames ? slowMotion : ofAScreen) : this.#untilChange(activity);
    this.#still++;
    const isCoarsest = this.#work > coarsestAfter || this.#took > this.#timeout;
    const least = isCoarsest ? coarsestStep : this.#work > coarseAfter ? coarseStep : 0;
    return milliseconds(Math.ceil(Math.min(Math.max(step, least), this.#most, left)));
  }

  /** What happened in the last step: its length, the page's work, and our own time for it. */
  record({ step, work, took }: { step: Milliseconds; work: number; took: number }): void {
    this.#work += work;
    this.#took += took;
    this.#most = Math.max(ofAScreen, work > longWork ? (step * longWork) / work : this.#most * 2);
  }

  #untilChange({ changed, requestedFrame, isOpaque, isAwaiting, nextTimer, animationEnd }: Activity): number {
    const growing = Math.min(ofAScreen * 2 ** this.#still, longest);
    if (isAwaiting) return ofAScreen;
    if (requestedFrame || isOpaque) return growing;
    const event = Math.min(nextTimer ?? Number.POSITIVE_INFINITY, animationEnd ?? Number.POSITIVE_INFINITY) + slack;
    // Styles that were changed just now may begin to move in the next frame.
    if (changed) return event > ofATimer ? ofAScreen : ofATimer;
    return Math.max(growing, event);
  }
}

/** Whether nothing can change the page in this time, in milliseconds of its clock. */
export function isAtRest(activity: Activity, left: number): boolean {
  const { changed, requestedFrame, moves, isAwaiting, isOpaque, nextTimer, animationEnd } = activity;
  const isPending = (time: number | null) => time !== null && time <= left;
  return !(
    changed ||
    requestedFrame ||
    moves ||
    isAwaiting ||
    isOpaque ||
    isPending(nextTimer) ||
    isPending(animationEnd)
  );
}
