/// <reference lib="dom" />
/**
 * Runs before each document's scripts, in the page's own world: idle callbacks by timers. Chromium finds a page idle between
 * two frames that it displays, and of our frames hardly any are; those callbacks would never come. A page may see that the
 * function is not Chromium's own, and nothing else of it.
 */
const runIdleCallbacks = (): void => {
  // What a browser at rest grants, and when: after the next frame.
  const granted = 50;
  const soon = 20;
  // The page's clock stands still while it computes: each question takes some time, so that work by the clock ends.
  const perQuestion = 0.01;
  const deadline = (): IdleDeadline => {
    let left = granted;
    const timeRemaining = () => {
      left = Math.max(0, left - perQuestion);
      return left;
    };
    return { didTimeout: false, timeRemaining };
  };
  window.requestIdleCallback = function requestIdleCallback(callback) {
    return window.setTimeout(() => callback(deadline()), soon);
  };
  window.cancelIdleCallback = function cancelIdleCallback(handle) {
    window.clearTimeout(handle);
  };
};

export const runIdleCallbacksScript = `(${runIdleCallbacks.toString()})()`;
