import { type Milliseconds, milliseconds } from '../../../model/units.ts';
import { ofAScreen } from './frames.ts';

// Some animations count frames instead of time; most of those end within a second of frames.
const fineFrames = 60;
const slowMotion = 50;
// An animation that begins during such a long step is noticed at its end, and continues at the frame rate.
const longest = 1600;
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
 * The length of the next step of virtual time: one frame while the page moves, and ever longer while it does not. A page
 * that does much gets fewer frames. What counts is its work, in milliseconds of a core, not how long the machine takes for it.
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

  next(): Milliseconds {
    const fine = this.#moved > fineFrames ? slowMotion : ofAScreen;
    const step = this.#still > 0 ? Math.min(ofAScreen * 2 ** this.#still, longest) : fine;
    const isCoarsest = this.#work > coarsestAfter || this.#took > this.#timeout;
    const least = isCoarsest ? coarsestStep : this.#work > coarseAfter ? coarseStep : 0;
    return milliseconds(Math.ceil(Math.min(Math.max(step, least), this.#most)));
  }

  /** What happened in the last step: its length, whether anything changed, the page's work, and our own time for it. */
  record({ step, moves, work, took }: { step: Milliseconds; moves: boolean; work: number; took: number }): void {
    this.#work += work;
    this.#took += took;
    this.#most = Math.max(ofAScreen, work > longWork ? (step * longWork) / work : this.#most * 2);
    this.#still = moves ? 0 : this.#still + 1;
    if (moves) this.#moved++;
  }
}
