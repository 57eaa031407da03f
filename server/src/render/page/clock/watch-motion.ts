/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

type World = typeof globalThis & { ogplusMotion?: { moved: boolean } };

/**
 * Runs in the page, in our isolated world: whether anything changed since the last call, or is about to. What it cannot see
 * (a detached canvas, a closed shadow root) gets fewer frames, and the same time.
 */
const hasMoved = (): boolean => {
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
  return moved || document.getAnimations().length > 0 || document.querySelector('canvas, video') !== null;
};

export const hasMovedScript = `(${hasMoved.toString()})()`;
