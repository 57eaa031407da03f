/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { fillStyle } from '../inject-styles.ts';
import { inspectPage, type World } from './inspect-page.ts';
import { uncover } from './uncover.ts';

export interface Settling {
  /** `og:plus:selector`, undefined for the whole page. */
  readonly selector: string | undefined;
  /** Whether animations are finished; otherwise they continue. */
  readonly ends: boolean;
  /** Whether to wait for fonts and images that are still loading. */
  readonly waits: boolean;
  /** Whether nothing but this can change the page any more, so that frames are only waited for after a change. */
  readonly isAtRest?: boolean;
}

/**
 * Runs in the page, in an isolated world that the page's scripts cannot reach: waits for the visible content, finishes
 * animations, and then waits for two quiet frames.
 */
const settle = async (
  selector: string | null,
  fill: string,
  ends: boolean,
  waits: boolean,
  isAtRest: boolean,
): Promise<void> => {
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
      return 'it is not a valid CSS selector';
    }
  };

  // Runs again if the page requested more meanwhile: what was found and injected stays.
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
  let changes = !isAtRest || found !== null;
  const element = found instanceof Element && !(found instanceof HTMLTemplateElement) ? found : null;
  element?.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  // With rounded corners the page would show through, in a picture filled with the element's own background.
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

  // Elements in shadow trees and iframes are not descendants of this document.
  const animationsIn = (root: Document | ShadowRoot): Animation[] => {
    const inside: Array<Document | ShadowRoot> = [];
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot !== null) inside.push(shadowRoot);
    for (const framed of root.querySelectorAll('iframe'))
      if (framed.contentDocument !== null) inside.push(framed.contentDocument);
    return [...root.getAnimations(), ...inside.flatMap(animationsIn)];
  };
  for (const animation of animationsIn(document)) {
    changes = true;
    // One that follows the scroll position is where it belongs.
    if (animation.timeline !== null && 'source' in animation.timeline) continue;
    try {
      animation.finish();
    } catch {
      animation.cancel(); // an endless one has no final state: the page without it counts
    }
  }
  await fonts();
  // A rule for everything causes a repaint: only if there may be a caret, which blinks in the focused element.
  if (document.activeElement !== null && document.activeElement !== document.body) {
    adopt('* { caret-color: transparent !important }');
    changes = true;
  }
  if (!changes && lazy.length === 0) return;
  await frame();
  await frame();
};

/** @returns an expression for a `PageInspection`; while nothing is finished yet, for whether there is a body. */
export function settleScript({ selector, ends, waits, isAtRest = false }: Settling): string {
  const given = [selector ?? null, fillStyle, ends, waits, isAtRest].map((value) => JSON.stringify(value));
  const settled = `(${settle.toString()})(${given.join()})`;
  return ends
    ? `${settled}.then(${uncover.toString()}).then(${inspectPage.toString()})`
    : `${settled}.then(() => document.body !== null)`;
}
