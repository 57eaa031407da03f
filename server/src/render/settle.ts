/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { fillStyle } from './dress.ts';

/** What `og:plus:selector` chose: nothing, the content of a `<template>`, which then is the page, or an element. */
export type Selected =
  | { readonly kind: 'nothing'; readonly why: string }
  | { readonly kind: 'template' }
  | {
      readonly kind: 'element';
      /** CSS pixels from the document's upper left corner. */
      readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
      /** The colour it stands on: its own over those of its ancestors; red, green and blue, 0 to 255. */
      readonly background: readonly [red: number, green: number, blue: number];
    };

/**
 * Runs in the page, in a world of its own that the page's scripts cannot reach: waits for what is seen to be there,
 * brings what moves to its end, and gives two quiet frames.
 */
const settle = async (selector: string | null, fill: string): Promise<Selected | null> => {
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
  const world = globalThis as typeof globalThis & { ogplusFound?: Element | string | null };
  if (world.ogplusFound === undefined) {
    adopt('* { caret-color: transparent !important }');
    world.ogplusFound = selector === null ? null : find();
    if (world.ogplusFound instanceof HTMLTemplateElement) {
      adopt(fill);
      document.body.replaceChildren(document.importNode(world.ogplusFound.content, true));
    }
  } else if (typeof world.ogplusFound === 'string') {
    world.ogplusFound = find();
  }
  const found = world.ogplusFound;
  const template = found instanceof HTMLTemplateElement;
  const element = found instanceof Element && !template ? found : null;
  element?.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });

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
  await frame();
  await frame();

  if (found === null) return null;
  if (typeof found === 'string') return { kind: 'nothing', why: found };
  if (template || element === null) return { kind: 'template' };
  const { x, y, width, height } = element.getBoundingClientRect();
  if (width < 1 || height < 1) return { kind: 'nothing', why: 'what it matches has no size' };
  const pixel = new OffscreenCanvas(1, 1).getContext('2d');
  const paint = (colour: string) => {
    if (pixel !== null) pixel.fillStyle = colour;
    pixel?.fillRect(0, 0, 1, 1);
  };
  const stack = [];
  for (let of: Element | null = element; of !== null; of = of.parentElement) stack.unshift(of);
  paint('white');
  for (const of of stack) paint(getComputedStyle(of).backgroundColor);
  const [red = 255, green = 255, blue = 255] = pixel?.getImageData(0, 0, 1, 1).data ?? [];
  const box = { x: x + scrollX, y: y + scrollY, width, height };
  return { kind: 'element', box, background: [red, green, blue] };
};

/** @param selector `og:plus:selector`, undefined for the whole page. Evaluates to `Selected`, or null without one. */
export function settleScript(selector: string | undefined): string {
  return `(${settle.toString()})(${JSON.stringify(selector ?? null)}, ${JSON.stringify(fillStyle)})`;
}
