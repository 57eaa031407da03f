/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/**
 * Runs in the page, in a world of its own that the page's scripts cannot reach: waits for what is seen to be there,
 * brings what moves to its end, and gives two quiet frames.
 */
const settle = async (): Promise<void> => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const inView = (element: Element) => {
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  };
  const loaded = (image: HTMLImageElement) =>
    image.complete
      ? undefined
      : new Promise((resolve) => {
          image.addEventListener('load', resolve, { once: true });
          image.addEventListener('error', resolve, { once: true });
        });

  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { caret-color: transparent !important }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  await document.fonts.ready;
  await Promise.all([...document.images].filter(inView).map(loaded));
  await Promise.all([...document.images].filter(inView).map((image) => image.decode().catch(() => undefined)));
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
};

export const settleScript = `(${settle.toString()})()`;
