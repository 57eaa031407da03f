import { resultWithin } from '../../../concurrency/result-within.ts';
import { type Milliseconds, milliseconds } from '../../../model/units.ts';
import type { Traffic } from '../traffic.ts';
import type { Activity } from './activity.ts';
import { type Frames, ofAScreen } from './frames.ts';
import type { VirtualTime } from './virtual-time.ts';

// What the network delivers within this time takes no page time: the page then looks the same however slow its origin is at
// the moment. Databases and the like stop with the clock too. Slower responses would show a waiting page in any browser, so
// from then on the page runs as it would there.
const timelessNetwork = milliseconds(200);
// Chromium stops a page's clock for things that cause no network events here: a starting worker, a video.
const timelessRest = milliseconds(50);
// If such a thing does not end, it stops every step again.
const mostRests = 2;

// Streams do not stop the clock. Responses that just came are told of within a few steps.
const unpacedSteps = 4;

/** Runs a page's time in steps, each followed by a frame, as fast as the page follows, unless it waits for the network. */
export class Steps {
  readonly #time: VirtualTime;
  readonly #frames: Frames;
  readonly #traffic: Traffic;
  readonly #look: () => Promise<Activity>;
  /** How long the clock has stood still, without the page's computing time, in which it renders no frame. */
  #stoppedFor = 0;
  #rests = 0;
  /** Whether it continues whatever the page waits for. */
  #ignoresRequests = false;
  /** Whether the page runs in real time while it waits for the network. */
  #isPaced = false;
  /** Steps in a row in which the page waited for the network, and its clock did not. */
  #unstopped = 0;

  /** @param look sees what the page does, and says how the next frame is to be issued. */
  constructor(time: VirtualTime, frames: Frames, traffic: Traffic, look: () => Promise<Activity>) {
    this.#time = time;
    this.#frames = frames;
    this.#traffic = traffic;
    this.#look = look;
  }

  /** Whether the page runs in real time while it waits. */
  get isPaced(): boolean {
    return this.#isPaced || this.#ignoresRequests;
  }

  /** Continues although requests are open: they are not waited for any more. */
  ignoreRequests(): void {
    this.#ignoresRequests = true;
  }

  /** One step, in real time while the page waits for the network. @returns what it did until its frame. */
  async take(length: Milliseconds): Promise<Activity> {
    const started = performance.now();
    const waits = !this.#traffic.isQuiet;
    this.#isPaced &&= waits;
    const isPaced = this.#isPaced || (waits && this.#ignoresRequests);
    const expired = this.#time.advance(length, !isPaced && !this.#ignoresRequests);
    expired.catch(() => {}); // reported to the caller below
    let isStopped = false;
    while (
      (await resultWithin(
        ofAScreen,
        expired.then(() => true),
      )) === undefined
    ) {
      isStopped = true;
      this.#stoppedFor += ofAScreen;
      await this.#frames.next(); // observers run, and images are decoded, only in frames
      await this.#endStop();
    }
    if (!isStopped) this.#stoppedFor = 0;
    this.#unstopped = waits && !isStopped ? this.#unstopped + 1 : 0;
    const [activity] = await Promise.all([this.#look(), this.#frames.next()]);
    const left = milliseconds(length - (performance.now() - started));
    if ((isPaced || this.#unstopped > unpacedSteps) && left > 0) await resultWithin(left, this.#untilQuiet(waits));
    return activity;
  }

  /** When the network has delivered all that the page waited for. */
  #untilQuiet(waits: boolean): Promise<void> {
    return waits ? this.#traffic.quiet() : new Promise<never>(() => {});
  }

  async #endStop(): Promise<void> {
    if (this.#isPaced) return;
    if (this.#stoppedFor < (this.#traffic.isQuiet ? timelessRest : timelessNetwork)) return;
    if (this.#traffic.isQuiet) this.#ignoresRequests ||= ++this.#rests >= mostRests;
    else this.#isPaced = true;
    await this.#time.letGo();
  }
}
