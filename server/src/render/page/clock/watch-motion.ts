/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

type World = typeof globalThis & { ogplusMotion?: { moved: boolean } };

export interface Motion {
  /** Whether its content or its styles changed since the last look. */
  readonly changed: boolean;
  /** The same, or it may move: it has an animation, a canvas or a video. */
  readonly moves: boolean;
  /** Whether something of it goes on only with frames that are displayed. */
  readonly needsDisplay: boolean;
}

/**
 * Runs in the page, in our isolated world. What it cannot see (a detached canvas, a closed shadow root) gets fewer frames,
 * and the same time.
 */
const lookForMotion = (): Motion => {
  const world = globalThis as World;
  if (world.ogplusMotion === undefined) {
    const motion = { moved: true };
    const observer = new MutationObserver(() => {
      motion.moved = true;
    });
    const everything = { subtree: true, childList: true, attributes: true, characterData: true };
    observer.observe(document, everything);
    const most = 5000;
    const elements = document.getElementsByTagName('*');
    for (let n = 0; n < Math.min(elements.length, most); n++) {
      const root = elements[n]?.shadowRoot;
      if (root !== null && root !== undefined) observer.observe(root, everything);
    }
    world.ogplusMotion = motion;
  }
  const { moved } = world.ogplusMotion;
  world.ogplusMotion.moved = false;
  // Not in the types yet: Chromium has it since 142. Its pictures are taken before its animations begin.
  const { activeViewTransition } = document as Document & { activeViewTransition?: unknown };
  const animations = document.getAnimations();
  const isOfTransition = ({ effect }: Animation) =>
    effect instanceof KeyframeEffect && effect.pseudoElement?.startsWith('::view-transition') === true;
  const transits = (activeViewTransition ?? null) !== null;
  // One that a worker draws is handed over by the worker, and a displayed frame may wait for it for ever. Asked for no kind
  // of context, all others have none.
  const isWorkers = (canvas: HTMLCanvasElement) => {
    try {
      return canvas.getContext('none') !== null;
    } catch {
      return true;
    }
  };
  const canvases = [...document.querySelectorAll('canvas')];
  const needsDisplay = transits ? !animations.some(isOfTransition) : canvases.length > 0 && !canvases.some(isWorkers);
  const mayMove = transits || animations.length > 0 || canvases.length > 0 || document.querySelector('video') !== null;
  return { changed: moved, moves: moved || mayMove, needsDisplay };
};

export const lookForMotionScript = `(${lookForMotion.toString()})()`;
