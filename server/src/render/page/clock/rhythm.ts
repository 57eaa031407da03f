import { type Milliseconds, milliseconds } from '../../../model/units.ts';
import { ofAScreen } from './frames.ts';

// Some animations count frames instead of time; most of those end within a second of frames.
const fineFrames = 60;
const coarse = 50;
// An animation that begins during such a long step is noticed at its end, and continues at the frame rate.
const longest = 1600;
// Milliseconds of our own clock. A page that renders 3D scenes on one core does not get all the frames it would like; but
// libraries take a pause of more than half a second for a suspended page, and continue where they were.
const hurryAfter = 600;
const hurried = 100;
const rushAfter = 1200;
const rushed = 400;
// A page that does much per step is checked more often than its time advances.
const longTake = 100;

/** The length of the next step of virtual time: one frame while the page moves, and ever longer while it does not. */
export class Rhythm {
  #spent = 0;
  #moved = 0;
  #still = 0;
  #most = Number.POSITIVE_INFINITY;

  /** Our own time that the steps have taken, in milliseconds. */
  get spent(): number {
    return this.#spent;
  }

  next(): Milliseconds {
    const fine = this.#moved > fineFrames ? coarse : ofAScreen;
    const step = this.#still > 0 ? Math.min(ofAScreen * 2 ** this.#still, longest) : fine;
    const least = this.#spent > rushAfter ? rushed : this.#spent > hurryAfter ? hurried : 0;
    return milliseconds(Math.ceil(Math.min(Math.max(step, least), this.#most)));
  }

  /** @param moves whether anything changed in the last step. @param step its length. @param took our own time for it. */
  tell(moves: boolean, step: Milliseconds, took: number): void {
    this.#spent += took;
    this.#most = Math.max(ofAScreen, took > longTake ? (step * longTake) / took : this.#most * 2);
    this.#still = moves ? 0 : this.#still + 1;
    if (moves) this.#moved++;
  }
}
