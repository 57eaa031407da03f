/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** The isolated world's global: the element that `og:plus:selector` found, or why it found none; null without a selector. */
export type World = typeof globalThis & { ogplusFound?: Element | string | null };

/** The result of `og:plus:selector`: nothing, the content of a `<template>`, which then replaces the page, or an element. */
type Selected =
  | { readonly kind: 'nothing'; readonly why: string }
  | { readonly kind: 'template' }
  | {
      readonly kind: 'element';
      /** CSS pixels from the document's upper left corner. */
      readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
      /** Whether it is only text, which touches its own edges. */
      readonly isBareText: boolean;
      /** The colour behind it: its own over its ancestors'; red, green and blue, 0 to 255. */
      readonly background: readonly [red: number, green: number, blue: number];
    };

/** A page's content, visible or not. */
export interface PageContent {
  /** Whether text is in view and visible. */
  readonly hasText: boolean;
  /** The same for pictures, iframes and canvases. */
  readonly hasPicture: boolean;
  /** Whether text or a picture would be in view if it were not hidden, or if anything were laid out. */
  readonly isHidden: boolean;
  /** Whether anything has a picture, a border, or a colour of its own other than white. */
  readonly hasGround: boolean;
  /** Whether the body has no content. */
  readonly isEmpty: boolean;
}

/** What a settled page shows. */
export interface PageInspection {
  readonly content: PageContent;
  readonly selected: Selected | null;
  /** Areas of one colour, lines and text; no photograph or gradient: small and sharp when lossless. */
  readonly flat: boolean;
  /** Chinese characters or punctuation in another language than the document's, or in an unknown one. */
  readonly mixed: boolean;
}

/** Runs in the page, in the isolated world in which it settled. */
export const inspectPage = (): PageInspection => {
  const found = (globalThis as World).ogplusFound ?? null;

  const isBareText = (element: Element) => {
    const isBare = (part: Element) => {
      if (/^(img|svg|canvas|video|iframe|object|embed|picture|input|button|table|hr)$/i.test(part.tagName))
        return false;
      const { backgroundColor, backgroundImage, borderStyle, boxShadow } = getComputedStyle(part);
      return (
        /^rgba\(.*, 0\)$/.test(backgroundColor) &&
        backgroundImage === 'none' &&
        boxShadow === 'none' &&
        !/solid|dashed|double|dotted|groove|ridge|inset|outset/.test(borderStyle)
      );
    };
    const { padding } = getComputedStyle(element);
    const isTight = padding.split(' ').some((width) => Number.parseFloat(width) === 0);
    return isTight && /\S/.test(element.textContent) && [element, ...element.querySelectorAll('*')].every(isBare);
  };
  const selectedElement = (element: Element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    if (width < 1 || height < 1) return { kind: 'nothing', why: 'what it matches has no size' } as const;
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
    return { kind: 'element', box, isBareText: isBareText(element), background: [red, green, blue] } as const;
  };
  const selected = (): Selected | null => {
    if (found === null) return null;
    if (typeof found === 'string') return { kind: 'nothing', why: found };
    return found instanceof HTMLTemplateElement ? { kind: 'template' } : selectedElement(found);
  };

  const isSeen = (element: Element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  };
  const isRich = (element: Element) => {
    if (!isSeen(element)) return false;
    if (element instanceof HTMLImageElement) return !/\.svg([?#]|$)|^data:image\/svg/i.test(element.currentSrc);
    if (/^(canvas|video|iframe|object|embed|image)$/i.test(element.tagName)) return true;
    const { backgroundImage, backdropFilter, filter } = getComputedStyle(element);
    return backgroundImage !== 'none' || backdropFilter !== 'none' || filter !== 'none';
  };
  // A page's first elements make its first screen; the rest is not examined, and counts as rich.
  const most = 2000;
  const elements = document.getElementsByTagName('*');

  const isSized = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1;
  };
  const noText = /^(script|style|noscript|template|title|option|textarea)$/i;
  const hasOwnText = (element: Element) =>
    !noText.test(element.tagName) &&
    [...element.childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && /\S/.test(nodeValue ?? ''));
  const isPicture = (element: Element) =>
    element instanceof HTMLImageElement
      ? element.complete && element.naturalWidth > 1
      : /^(svg|canvas|video|iframe|object|embed)$/i.test(element.tagName);
  const isVisible = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const hasOwnGround = (element: Element) => {
    const { backgroundColor, backgroundImage, borderStyle, boxShadow } = getComputedStyle(element);
    return (
      !/^rgba\(.*, 0\)$|^rgb\(255, 255, 255\)$/.test(backgroundColor) ||
      backgroundImage !== 'none' ||
      boxShadow !== 'none' ||
      /solid|dashed|double|dotted/.test(borderStyle)
    );
  };
  const contentOf = (): PageContent => {
    // For a selected part: its content, and its background.
    const part = found instanceof Element && !(found instanceof HTMLTemplateElement) ? found : null;
    const inside = part === null ? [...elements] : [part, ...part.querySelectorAll('*')];
    const first = inside.slice(0, most);
    const behind: Element[] = [];
    for (let of = part?.parentElement ?? null; of !== null; of = of.parentElement) behind.push(of);
    const shown = first.filter((element) => hasOwnText(element) || isPicture(element));
    const inView = shown.filter((element) => (part !== null || isSeen(element)) && isSized(element));
    const visible = inView.filter(isVisible);
    const [hasText, hasPicture] = [visible.some(hasOwnText), visible.some(isPicture)];
    const { body } = document;
    const parts =
      body === null
        ? []
        : [...body.children].filter(({ tagName }) => !/^(script|style|link|meta|noscript|template)$/i.test(tagName));
    const isOff =
      parts.length > 0 &&
      !parts.some((part) => part.checkVisibility()) &&
      shown.some((element) => body.contains(element));
    const isEmpty =
      parts.length === 0 &&
      !/\S/.test([...(body?.childNodes ?? [])].map((node) => (node.nodeType === 3 ? node.nodeValue : '')).join(''));
    return {
      hasText,
      hasPicture,
      isHidden: isOff || inView.some((element) => !isVisible(element)),
      hasGround: hasText || hasPicture || [...first, ...behind].some(hasOwnGround),
      isEmpty,
    };
  };
  const flat = elements.length <= most && ![...elements].some(isRich);

  const characters =
    /[\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{1b000}-\u{1b2ff}\u{20000}-\u{3ffff}]/u;
  const isOne = /^(zh|ja|ko)\b/i.test(document.documentElement.lang) && document.querySelector('html [lang]') === null;
  const mixed = !isOne && characters.test(document.documentElement.textContent);

  return { content: contentOf(), selected: selected(), flat, mixed };
};

export const inspectPageScript = `(${inspectPage.toString()})()`;
