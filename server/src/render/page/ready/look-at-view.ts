/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** What a waiting page shows, and what it still waits for that would be visible. URLs are absolute. */
export interface View {
  /** Whether it shows text, a picture or a coloured area. */
  readonly hasContent: boolean;
  /** Whether it shows that more is to come: a spinner, a skeleton, "Loading". */
  readonly isBusy: boolean;
  /** Whether content may be missing from it: much of it is blank, or an element of it is there to be filled. */
  readonly hasGaps: boolean;
  /** Whether it is still being parsed, or its deferred scripts have not run yet. */
  readonly isParsing: boolean;
  /** Pictures in view that are not loaded yet, including backgrounds; without small ones, such as icons. */
  readonly pictures: readonly string[];
  /** Scripts that block the document. */
  readonly scripts: readonly string[];
  /** Scripts that block nothing. */
  readonly asyncScripts: readonly string[];
  /** Stylesheets for another medium: they block nothing either. */
  readonly idleStyles: readonly string[];
}

/** Runs in the page, in our isolated world. */
const lookAtView = (): View => {
  const most = 2000;
  const elements = [...document.getElementsByTagName('*')].slice(0, most);
  const isInView = (box: DOMRect) => box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  const isShown = (element: Element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

  const seen = elements.filter((element) => isInView(element.getBoundingClientRect()));
  const isPicture = (element: Element) => {
    if (element instanceof HTMLImageElement) return element.complete && element.naturalWidth > 0;
    return /^(svg|canvas|video)$/i.test(element.tagName);
  };
  const hasText = (element: Element) =>
    !/^(script|style|noscript|template|title|option)$/i.test(element.tagName) &&
    [...element.childNodes].some((node) => node.nodeType === 3 && /\S/.test(node.nodeValue ?? ''));
  const hasSize = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1;
  };
  const content = seen.filter(
    (element) => (isPicture(element) || hasText(element)) && hasSize(element) && isShown(element),
  );

  const isFilled = (element: Element) => !/rgba\(.*, 0\)/.test(getComputedStyle(element).backgroundColor);
  const boxes = seen.filter(
    (element) => !/^(html|body)$/i.test(element.tagName) && hasSize(element) && isFilled(element) && isShown(element),
  );

  const waitingSigns =
    '[aria-busy="true"], progress:not([value]), [role="progressbar"]:not([aria-valuenow]), ' +
    ['skeleton', 'shimmer', 'spinner', 'loading', 'loader', 'preload'].map((word) => `[class*="${word}" i]`).join();
  const waitingWords = /^\W*(loading|please wait|one moment|wird geladen|lädt|chargement|cargando|carregando)\b/i;
  const saysSo = (element: Element) => waitingWords.test(element.textContent?.trim().slice(0, 40) ?? '');
  const isWaiting = (element: Element) =>
    element.matches(waitingSigns) &&
    !/^(html|body|img|link|script)$/i.test(element.tagName) &&
    hasSize(element) &&
    isShown(element);
  // Several areas without text are placeholders: where there is nothing else, or where all are of the same grey.
  const fewest = 3;
  const isGrey = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    const [darkest, lightest] = [Math.min(red, green, blue), Math.max(red, green, blue)];
    return lightest - darkest <= 24 && (darkest >= 200 || lightest <= 80) && darkest < 250;
  };
  const greys = new Map<string, number>();
  for (const box of boxes) {
    const { backgroundColor } = getComputedStyle(box);
    if (box.childNodes.length > 0 || isPicture(box) || !isGrey(backgroundColor)) continue;
    greys.set(backgroundColor, (greys.get(backgroundColor) ?? 0) + 1);
  }
  const isBare = content.length === 0 && boxes.length >= fewest;
  const isSkeleton = [...greys.values()].some((count) => count >= fewest);
  const isBusy =
    isBare || isSkeleton || seen.some(isWaiting) || content.some((element) => hasText(element) && saysSo(element));

  // Rows of the view that show something.
  const rows = 10;
  const fewestRows = 7;
  const shownRows = new Set<number>();
  for (const element of [...content, ...boxes]) {
    const { top, bottom } = element.getBoundingClientRect();
    const [first, last] = [Math.max(0, top), Math.min(innerHeight, bottom)].map((y) =>
      Math.floor((y * rows) / innerHeight),
    );
    for (let row = first ?? 0; row <= (last ?? 0) && row < rows; row++) shownRows.add(row);
  }
  // Empty elements in the flow without a look of their own, and dashes in place of a value.
  const containers = /^(article|aside|div|dl|h[1-6]|main|ol|output|p|section|span|table|tbody|ul|.*-.*)$/i;
  const isEmpty = (element: Element) =>
    containers.test(element.tagName) &&
    (element.id !== '' || !/^(div|p|span)$/i.test(element.tagName)) &&
    element.shadowRoot === null &&
    !/\S/.test(element.innerHTML);
  const isPlain = (element: Element) => {
    const { backgroundColor, backgroundImage, borderStyle, position } = getComputedStyle(element);
    return (
      /^(static|relative)$/.test(position) &&
      backgroundImage === 'none' &&
      /, 0\)$/.test(backgroundColor) &&
      /^none( none)*$/.test(borderStyle)
    );
  };
  const isDash = (element: Element) =>
    hasText(element) && /^[\s\u2013\u2014\u2026.?-]+$/.test(element.textContent ?? '');
  const hasGaps =
    shownRows.size < fewestRows ||
    seen.some((element) => isEmpty(element) && isPlain(element)) ||
    content.some((element) => isDash(element));

  const images = seen.filter((element) => element instanceof HTMLImageElement);
  // One that was given no size may become the largest part of the page.
  const smallShare = 1 / 200;
  const isSmall = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    return width * height > 0 && width * height < innerWidth * innerHeight * smallShare;
  };
  const missing = images.filter((image) => !image.complete && !isSmall(image));
  const pictures = missing.map(({ currentSrc, src }) => currentSrc || src);
  for (const element of seen) {
    if (isSmall(element)) continue;
    for (const part of [null, '::before', '::after']) {
      for (const [, url = ''] of getComputedStyle(element, part).backgroundImage.matchAll(/url\("?([^")]+)"?\)/g))
        pictures.push(url);
    }
  }

  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const scripts = [...document.scripts].filter(({ src }) => src !== '');
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel~="stylesheet" i]')];
  return {
    hasContent: content.length > 0 || boxes.length > 0,
    isBusy,
    hasGaps,
    // Modules and their imports run before DOMContentLoaded.
    isParsing: (navigation?.domContentLoadedEventStart ?? 0) === 0,
    pictures,
    scripts: scripts.filter(({ async }) => !async).map(({ src }) => src),
    asyncScripts: scripts.filter(({ async }) => async).map(({ src }) => src),
    idleStyles: links
      .filter(({ media, disabled }) => disabled || (media !== '' && !matchMedia(media).matches))
      .map(({ href }) => href),
  };
};

export const lookAtViewScript = `(${lookAtView.toString()})()`;
