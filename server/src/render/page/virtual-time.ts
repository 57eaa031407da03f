import { type Milliseconds, milliseconds } from '../../model/units.ts';
import type { CdpSession } from '../browser/cdp.ts';

// A page may keep itself busy without end (messages to itself). After so many tasks its time goes on all the same.
const starvation = 1000;
// A page that computes answers when it is done. Who waits for it gives up earlier.
const answerDeadline = milliseconds(60_000);
// Chromium ends its display process over two frames of one time, and never answers the second one.
const leastBetweenFrames = 0.001;

/**
 * The clock of a page's process, once it is ours to move: timers, `Date`, animations, all that runs in the page goes by
 * it. It stands still until it is given something to run, and what happens then takes no longer than the work of it.
 * A process that has such a clock never gets its own back.
 */
export class VirtualTime {
  readonly #page: CdpSession;
  /** When it began, by our own clock. */
  readonly #started = performance.now();
  /** The process's ticks at which it began. */
  #base = 0;
  #elapsed = 0;
  #lastFrame = 0;
  #granted = 0;
  #expired = Promise.withResolvers<void>();

  private constructor(page: CdpSession) {
    this.#page = page;
    this.listen();
  }

  /** Listens to the page, which has forgotten all that listened. */
  listen(): void {
    this.#page.on('Emulation.virtualTimeBudgetExpired', () => {
      this.#elapsed += this.#granted;
      this.#granted = 0;
      this.#expired.resolve();
    });
  }

  /** Stops the page's clock. A navigation is held until the clock is first moved. */
  static async start(page: CdpSession): Promise<VirtualTime> {
    const time = new VirtualTime(page);
    const { virtualTimeTicksBase } = await page.send('Emulation.setVirtualTimePolicy', { policy: 'pause' });
    time.#base = virtualTimeTicksBase;
    return time;
  }

  /** What the page has lived. */
  get elapsed(): Milliseconds {
    return milliseconds(this.#elapsed);
  }

  /** How far it is ahead of ours; behind it where negative. */
  get ahead(): number {
    return this.#elapsed - (performance.now() - this.#started);
  }

  /** Brings it to the time of ours, which it is behind. Not past it: documents count from where they were asked for. */
  async catchUp(): Promise<void> {
    const behind = Math.floor(-this.ahead);
    if (behind > 0) await this.advance(milliseconds(behind), false);
  }

  /** The time of the next frame, in the process's ticks: later than that of the last one. */
  frameTime(): number {
    this.#lastFrame = Math.max(this.#base + this.#elapsed, this.#lastFrame + leastBetweenFrames);
    return this.#lastFrame;
  }

  /**
   * Runs the clock ahead to the next timer, and so on, until so much is gone. Resolves then. Not to be called before that.
   * @param minding whether it stands still while the page waits for the network.
   */
  async advance(budget: Milliseconds, minding: boolean): Promise<void> {
    this.#granted = budget;
    this.#expired = Promise.withResolvers();
    const policy = minding ? 'pauseIfNetworkFetchesPending' : 'advance';
    const params = { policy, budget, maxVirtualTimeTaskStarvationCount: starvation } as const;
    await Promise.all([
      this.#page.send('Emulation.setVirtualTimePolicy', params, answerDeadline),
      this.#expired.promise,
    ]);
  }

  /**
   * Has what is under way go on whatever the page waits for. Without a budget of its own: two of them would both be told
   * of, and the clock would stop at the first.
   */
  async letGo(): Promise<void> {
    await this.#page.send('Emulation.setVirtualTimePolicy', { policy: 'advance' }, answerDeadline);
  }
}
