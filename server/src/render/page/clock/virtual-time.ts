import { type Milliseconds, milliseconds } from '../../../model/units.ts';
import type { CdpSession } from '../../browser/cdp/cdp.ts';

// A page may keep itself busy for ever (messages to itself). After this many tasks its time advances all the same.
const starvation = 1000;
// A page that computes responds when it is done. Callers give up earlier.
const answerDeadline = milliseconds(60_000);
// Chromium ends its display process on two frames with the same time, or never responds to the second. It cuts times off to
// microseconds: fractions as they come out of adding could make one of two times.
const ticksPerMs = 1000;
const middleOfATick = 0.5;

/**
 * The clock of a page's process under our control: timers, `Date`, animations and everything else in the page follow it. It
 * stands still until it gets a budget, and then runs as fast as the page's work allows.
 * A process with such a clock never gets its own back.
 */
export class VirtualTime {
  readonly #page: CdpSession;
  /** When it started, by our own clock. */
  readonly #started = performance.now();
  /** The process's ticks when it started. */
  #base = 0;
  #elapsed = 0;
  /** In microseconds. */
  #lastFrame = 0;
  #granted = 0;
  #expired = Promise.withResolvers<void>();

  private constructor(page: CdpSession) {
    this.#page = page;
    this.listen();
  }

  /** Listens to the page again, after its listeners were removed. */
  listen(): void {
    this.#page.on('Emulation.virtualTimeBudgetExpired', () => {
      this.#elapsed += this.#granted;
      this.#granted = 0;
      this.#expired.resolve();
    });
  }

  /** Stops the page's clock. A navigation is held until the clock first advances. */
  static async start(page: CdpSession): Promise<VirtualTime> {
    const time = new VirtualTime(page);
    const { virtualTimeTicksBase } = await page.send('Emulation.setVirtualTimePolicy', { policy: 'pause' });
    time.#base = virtualTimeTicksBase;
    return time;
  }

  /** Virtual time since the start. */
  get elapsed(): Milliseconds {
    return milliseconds(this.#elapsed);
  }

  /** How far it is ahead of real time; negative if behind. */
  get ahead(): number {
    return this.#elapsed - (performance.now() - this.#started);
  }

  /** Advances it to real time, if it is behind. Not further: documents count time from their request. */
  async catchUp(): Promise<void> {
    const behind = Math.floor(-this.ahead);
    if (behind > 0) await this.advance(milliseconds(behind), false);
  }

  /** The time of the next frame, in the process's ticks: later than the last one's. */
  frameTime(): number {
    this.#lastFrame = Math.max(Math.floor((this.#base + this.#elapsed) * ticksPerMs), this.#lastFrame + 1);
    return (this.#lastFrame + middleOfATick) / ticksPerMs;
  }

  /**
   * Advances the clock from timer to timer until the budget is used up, then resolves. Not to be called before that.
   * @param waitsForNetwork whether it stands still while the page waits for the network.
   */
  async advance(budget: Milliseconds, waitsForNetwork: boolean): Promise<void> {
    this.#granted = budget;
    this.#expired = Promise.withResolvers();
    const policy = waitsForNetwork ? 'pauseIfNetworkFetchesPending' : 'advance';
    const params = { policy, budget, maxVirtualTimeTaskStarvationCount: starvation } as const;
    await Promise.all([
      this.#page.send('Emulation.setVirtualTimePolicy', params, answerDeadline),
      this.#expired.promise,
    ]);
  }

  /**
   * Continues the current budget whatever the page waits for. It has no budget of its own: both would report their end, and
   * the clock would stop at the first.
   */
  async letGo(): Promise<void> {
    if (this.#isUsedUp) return;
    await this.#page.send('Emulation.setVirtualTimePolicy', { policy: 'advance' }, answerDeadline);
    // It was used up just before: without it, the clock would run hours ahead.
    if (this.#isUsedUp) await this.#page.send('Emulation.setVirtualTimePolicy', { policy: 'pause' }, answerDeadline);
  }

  get #isUsedUp(): boolean {
    return this.#granted === 0;
  }
}
