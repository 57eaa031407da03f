import { type Milliseconds, milliseconds } from '../../model/units.ts';
import { ofAScreen } from './frames.ts';

// Some motion counts frames, not time, and most such motion is over after a second of them.
const fineFrames = 60;
const coarse = milliseconds(50);
// What begins in so long a step is met at its end, and moves from there in steps of a screen.
const longest = milliseconds(1600);
// Real time. A page that draws three-dimensional worlds on one core is not given all the frames that it would like.
const hurryAfter = milliseconds(1000);
const rushAfter = milliseconds(2000);
// Libraries take a longer silence than half a second for a page that slept, and go on where they were.
const rushed = milliseconds(400);

/** How long the next step of a page's time is: a frame of a screen while it moves, ever longer while it does not. */
export class Rhythm {
  readonly #started = performance.now();
  #moved = 0;
  #still = 0;

  next(): Milliseconds {
    const spent = performance.now() - this.#started;
    const step =
      this.#still > 0 ? Math.min(ofAScreen * 2 ** this.#still, longest) : this.#moved > fineFrames ? coarse : ofAScreen;
    if (spent > rushAfter) return rushed;
    return milliseconds(spent > hurryAfter ? Math.max(step, 2 * coarse) : step);
  }

  /** @param moves whether anything changed since the last step. */
  tell(moves: boolean): void {
    this.#still = moves ? 0 : this.#still + 1;
    if (moves) this.#moved++;
  }
}
