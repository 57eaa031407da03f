import { type Milliseconds, milliseconds } from '../../model/units.ts';
import { ofAScreen } from './frames.ts';

// Some motion counts frames, not time, and most such motion is over after a second of them.
const fineFrames = 60;
const coarse = 50;
// What begins in so long a step is met at its end, and moves from there in steps of a screen.
const longest = 1600;
// Of our own clock, from here on. A page that draws three-dimensional worlds on one core is not given all the frames that it would
// like; but libraries take a longer silence than half a second for a page that slept, and go on where they were.
const hurryAfter = 600;
const hurried = 100;
const rushAfter = 1200;
const rushed = 400;
// A page that does as much in each moment is looked at more often than its time goes on.
const longTake = 100;

/** How long the next step of a page's time is: a frame of a screen while it moves, ever longer while it does not. */
export class Rhythm {
  #spent = 0;
  #moved = 0;
  #still = 0;
  #most = Number.POSITIVE_INFINITY;

  /** What the steps have taken of our own time. */
  get spent(): number {
    return this.#spent;
  }

  next(): Milliseconds {
    const fine = this.#moved > fineFrames ? coarse : ofAScreen;
    const step = this.#still > 0 ? Math.min(ofAScreen * 2 ** this.#still, longest) : fine;
    const least = this.#spent > rushAfter ? rushed : this.#spent > hurryAfter ? hurried : 0;
    return milliseconds(Math.ceil(Math.min(Math.max(step, least), this.#most)));
  }

  /** @param moves whether anything changed in the last step, of that length, which took so long. */
  tell(moves: boolean, step: Milliseconds, took: number): void {
    this.#spent += took;
    this.#most = Math.max(ofAScreen, took > longTake ? (step * longTake) / took : this.#most * 2);
    this.#still = moves ? 0 : this.#still + 1;
    if (moves) this.#moved++;
  }
}
