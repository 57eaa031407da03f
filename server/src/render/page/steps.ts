import { setTimeout as pause } from 'node:timers/promises';
import { resultWithin } from '../../concurrency/result-within.ts';
import { type Milliseconds, milliseconds } from '../../model/units.ts';
import { type Frames, ofAScreen } from './frames.ts';
import type { Traffic } from './traffic.ts';
import type { VirtualTime } from './virtual-time.ts';

// What the network brings within this time takes no time of the page: it comes to look the same however slow its origin is
// at that moment. Databases and the like stand still with the clock. What takes longer would show its own waiting in any browser, so from then on the page lives as there.
const timelessNetwork = milliseconds(200);
// Chromium stops a page's clock for what the requests we are told of do not tell: a worker that starts, a video.
const timelessRest = milliseconds(50);
// Such a thing that does not end is met in each step again.
const mostRests = 2;

/** Runs a page's time in steps with a frame after each, as fast as the page follows, unless it waits for the network. */
export class Steps {
  readonly #time: VirtualTime;
  readonly #frames: Frames;
  readonly #traffic: Traffic;
  /** For how long the clock has not moved, the time that the page computes left out: it gives no frame then. */
  #held = 0;
  #rests = 0;
  /** Whether it goes on whatever the page waits for. */
  #isHeedless = false;
  /** Whether the page lives at the pace of a visitor's clock, for as long as it waits for the network. */
  #isPaced = false;

  constructor(time: VirtualTime, frames: Frames, traffic: Traffic) {
    this.#time = time;
    this.#frames = frames;
    this.#traffic = traffic;
  }

  /** Goes on although requests are under way: nobody waits for these any more. */
  heedNoRequests(): void {
    this.#isHeedless = true;
  }

  /** One step; a shorter one while the page waits for the network, at the pace of a screen. */
  async take(length: Milliseconds): Promise<void> {
    const started = performance.now();
    const waits = !this.#traffic.isQuiet;
    this.#isPaced &&= waits;
    const isPaced = this.#isPaced || (waits && this.#isHeedless);
    const step = waits ? milliseconds(Math.min(length, ofAScreen)) : length;
    const expired = this.#time.advance(step, !isPaced && !this.#isHeedless);
    expired.catch(() => {}); // told to who waits for it below
    let isHeld = false;
    while (
      (await resultWithin(
        ofAScreen,
        expired.then(() => true),
      )) === undefined
    ) {
      isHeld = true;
      this.#held += ofAScreen;
      await this.#frames.next(); // observers are told, and images decoded, in frames only
      await this.#endHold();
    }
    if (!isHeld) this.#held = 0;
    await this.#frames.next();
    const left = ofAScreen - (performance.now() - started);
    if (isPaced && left > 0) await pause(left);
  }

  /** A frame of a page whose clock stands still. */
  async frame(): Promise<void> {
    await this.#frames.next();
  }

  async #endHold(): Promise<void> {
    if (this.#isPaced) return;
    if (this.#held < (this.#traffic.isQuiet ? timelessRest : timelessNetwork)) return;
    if (this.#traffic.isQuiet) this.#isHeedless ||= ++this.#rests >= mostRests;
    else this.#isPaced = true;
    await this.#time.letGo();
  }
}
