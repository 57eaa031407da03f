/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { fillStyle } from './inject-styles.ts';
import { inspectPage, type World } from './inspect-page.ts';

/**
 * Runs in the page, in a world of its own that the page's scripts cannot reach: waits for what is seen to be there,
 * brings what moves to its end, and gives two quiet frames.
 */
const settle = async (selector: string | null, fill: string): Promise<void> => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const adopt = (css: string) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };
  const find = (): Element | string => {
    try {
      return document.querySelector(selector ?? '') ?? 'it matches nothing';
    } catch {
      return 'it is no CSS selector';
    }
  };

  // Run again when the page asked for more meanwhile: what was found, and put into the page, stays.
  const world = globalThis as World;
  if (world.ogplusFound === undefined) {
    world.ogplusFound = selector === null ? null : find();
    if (world.ogplusFound instanceof HTMLTemplateElement) {
      adopt(fill);
      document.body.replaceChildren(document.importNode(world.ogplusFound.content, true));
    }
  } else if (typeof world.ogplusFound === 'string') {
    world.ogplusFound = find();
  }
  const found = world.ogplusFound;
  const element = found instanceof Element && !(found instanceof HTMLTemplateElement) ? found : null;
  element?.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  // Behind rounded corners the page would show, in a frame that is filled with the element's own background.
  if (element instanceof HTMLElement) element.style.setProperty('border-radius', '0', 'important');

  const isSeen = (part: Element) => {
    const box = part.getBoundingClientRect();
    if (element?.contains(part) === true) return true;
    return box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  };
  const images = () => [...document.images].filter(isSeen);
  const loaded = (image: HTMLImageElement) => {
    if (image.complete) return undefined;
    return new Promise((resolve) => {
      image.addEventListener('load', resolve, { once: true });
      image.addEventListener('error', resolve, { once: true });
    });
  };

  const lazy = images().filter((image) => image.loading === 'lazy');
  for (const image of lazy) image.loading = 'eager';
  if (lazy.length > 0) await frame(); // until then they count as complete
  await document.fonts.ready;
  await Promise.all(images().map(loaded));
  await Promise.all(images().map((image) => image.decode().catch(() => undefined)));
  for (const animation of document.getAnimations()) {
    try {
      animation.finish();
    } catch {
      animation.cancel(); // one without an end has no last picture: what the page looks like without it counts
    }
  }
  await document.fonts.ready;
  // A rule for all that there is has it painted anew: only where there is a caret, which blinks in what has the focus.
  if (document.activeElement !== null && document.activeElement !== document.body)
    adopt('* { caret-color: transparent !important }');
  await frame();
  await frame();
};

/**
 * @param selector `og:plus:selector`, undefined for the whole page.
 * @returns an expression for a `PageInspection`.
 */
export function settleScript(selector: string | undefined): string {
  const given = [selector ?? null, fillStyle].map((value) => JSON.stringify(value));
  return `(${settle.toString()})(${given.join()}).then(${inspectPage.toString()})`;
}
