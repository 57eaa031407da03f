/** What a page does, and what may still change it. Milliseconds are of its own clock, from now on. */
export interface Activity {
  /** `performance.now()` of the page. */
  readonly now: number;
  /** Whether its content or its styles changed since the last look. */
  readonly changed: boolean;
  /** Whether it requested an animation frame that has not come yet, or since the last look. */
  readonly requestedFrame: boolean;
  /** Until its next timer is due; null without one. */
  readonly nextTimer: number | null;
  /** The same without repeated timers that were due before. */
  readonly nextNewTimer: number | null;
  /** Until the first of its animations that have an end reaches it; null without one. */
  readonly animationEnd: number | null;
  /** Whether it waits for what takes the machine's time and is no request: a database, a decoder, code that is compiled. */
  readonly isAwaiting: boolean;
  /** Whether it sent a message to a worker that has not answered since. */
  readonly awaitsWorker: boolean;
  /** Whether it may move between any two frames: a canvas or a video that plays, a view transition. */
  readonly moves: boolean;
  /** Whether something may change it that cannot be observed: a document of another website in a frame, an animated image. */
  readonly isOpaque: boolean;
  /** Whether something of it goes on only with frames that are displayed. */
  readonly needsDisplay: boolean;
}

/** Of a document that was replaced meanwhile. */
export const unknownActivity: Activity = {
  now: 0,
  changed: true,
  requestedFrame: false,
  nextTimer: null,
  nextNewTimer: null,
  animationEnd: null,
  isAwaiting: false,
  awaitsWorker: false,
  moves: false,
  isOpaque: true,
  needsDisplay: false,
};
