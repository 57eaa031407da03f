/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { World } from './inspect-page.ts';

/**
 * Runs in a settled page, in our isolated world: hides what covers the element that `og:plus:selector` found and is not part
 * of it, without changing the layout.
 */
export const uncover = (): void => {
  const element = (globalThis as World).ogplusFound;
  if (!(element instanceof Element) || element instanceof HTMLTemplateElement) return;
  const hide = (other: Element) => {
    if (!(other instanceof HTMLElement || other instanceof SVGElement)) return;
    other.style.setProperty('transition', 'none', 'important');
    other.style.setProperty('opacity', '0', 'important');
  };
  const hostOf = (part: Element): Element => {
    const root = part.getRootNode();
    return root instanceof ShadowRoot ? hostOf(root.host) : part;
  };
  const isOf = (part: Element) => {
    const outside = hostOf(part);
    return part.contains(element) || outside.contains(element) || element.contains(part) || element.contains(outside);
  };

  // Fixed bars and bubbles: a part of the page taller than the screen would be captured with each of them.
  const most = 5000;
  const barsIn = (root: Document | ShadowRoot): Element[] =>
    [...root.querySelectorAll('*')].slice(0, most).flatMap((part) => {
      const bars = /fixed|sticky/.test(getComputedStyle(part).position) && !isOf(part) ? [part] : [];
      return part.shadowRoot === null ? bars : [...bars, ...barsIn(part.shadowRoot)];
    });
  for (const bar of barsIn(document)) hide(bar);
  // What dims the page behind a dialog.
  const backdrops = new CSSStyleSheet();
  backdrops.replaceSync('::backdrop { display: none !important }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, backdrops];

  // Everything else that covers it where it is in view, including what lets the pointer through.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { pointer-events: auto !important }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const [columns, rows] = [16, 9];
  for (let n = 0; n < columns * rows; n++) {
    const x = left + ((right - left) * ((n % columns) + 0.5)) / columns;
    const y = top + ((bottom - top) * (Math.floor(n / columns) + 0.5)) / rows;
    for (const part of document.elementsFromPoint(x, y)) {
      if (isOf(part)) break;
      hide(part);
    }
  }
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
};
