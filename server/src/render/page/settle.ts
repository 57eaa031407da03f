/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { fillStyle } from './inject-styles.ts';
import { inspectPage, type World } from './inspect-page.ts';
import { uncover } from './uncover.ts';

export interface Settling {
  /** `og:plus:selector`, undefined for the whole page. */
  readonly selector: string | undefined;
  /** Whether what moves is brought to its end; otherwise it goes on. */
  readonly ends: boolean;
  /** Whether fonts and images that are still loading are waited for. */
  readonly waits: boolean;
}

/**
 * Runs in the page, in a world of its own that the page's scripts cannot reach: waits for what is seen to be there,
 * brings what moves to its end, and gives two quiet frames.
 */
const settle = async (selector: string | null, fill: string, ends: boolean, waits: boolean): Promise<void> => {
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
    if (image.complete || !waits) return undefined;
    return new Promise((resolve) => {
      image.addEventListener('load', resolve, { once: true });
      image.addEventListener('error', resolve, { once: true });
    });
  };

  const lazy = images().filter((image) => image.loading === 'lazy');
  for (const image of lazy) image.loading = 'eager';
  if (lazy.length > 0) await frame(); // until then they count as complete
  const fonts = () => (waits ? document.fonts.ready : undefined);
  const decoded = (image: HTMLImageElement) => (image.complete ? image.decode().catch(() => undefined) : undefined);
  await fonts();
  await Promise.all(images().map(loaded));
  await Promise.all(images().map(decoded));
  if (!ends) return;

  // Elements in shadow trees and in documents of frames are no descendants of this document.
  const animationsIn = (root: Document | ShadowRoot): Animation[] => {
    const inside: Array<Document | ShadowRoot> = [];
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot !== null) inside.push(shadowRoot);
    for (const framed of root.querySelectorAll('iframe'))
      if (framed.contentDocument !== null) inside.push(framed.contentDocument);
    return [...root.getAnimations(), ...inside.flatMap(animationsIn)];
  };
  for (const animation of animationsIn(document)) {
    try {
      animation.finish();
    } catch {
      animation.cancel(); // one without an end has no last picture: what the page looks like without it counts
    }
  }
  await fonts();
  // A rule for all that there is has it painted anew: only where there is a caret, which blinks in what has the focus.
  if (document.activeElement !== null && document.activeElement !== document.body)
    adopt('* { caret-color: transparent !important }');
  await frame();
  await frame();
};

/** @returns an expression for a `PageInspection`; where nothing ends yet, for whether there is a body at all. */
export function settleScript({ selector, ends, waits }: Settling): string {
  const given = [selector ?? null, fillStyle, ends, waits].map((value) => JSON.stringify(value));
  const settled = `(${settle.toString()})(${given.join()})`;
  return ends
    ? `${settled}.then(${uncover.toString()}).then(${inspectPage.toString()})`
    : `${settled}.then(() => document.body !== null)`;
}
