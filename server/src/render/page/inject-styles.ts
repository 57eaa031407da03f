/// <reference lib="dom" />
/**
 * Runs in the page before anything of it is there, in a world of its own: what a stylesheet or an attribute of the
 * document would be refused for by the page's Content-Security-Policy goes in through the CSSOM, which no policy governs.
 */
const injectStyles = (fill: string | null, bodyStyle: string | null): void => {
  if (window !== window.top) return;
  if (fill !== null) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(fill);
    document.adoptedStyleSheets.push(sheet);
  }
  if (bodyStyle === null) return;
  const style = () => {
    if (document.body === null) return;
    observer.disconnect(); // before the change: it would be told of it
    document.body.style.cssText += `;${bodyStyle}`;
  };
  // Told of before the next script runs and the first frame is painted.
  const observer = new MutationObserver(style);
  observer.observe(document, { childList: true, subtree: true });
};

/**
 * A card of its own fills its frame (docs/guides/rendering.md). What page styles say of an article's width would squeeze it, so
 * these win over them, and lose to `!important` and to `og:plus:style`; margin and padding win over plain `body` only.
 */
export const fillStyle = `
  html[data-ogplus] { width: 100%; height: 100%; min-height: 0; }
  html[data-ogplus] > body { width: 100%; height: 100%; min-width: 0; min-height: 0; max-width: none; max-height: none;
    box-sizing: border-box; }
  :where(html[data-ogplus]) > body { margin: 0; padding: 0; }
`;

/** @returns the script, or undefined where there is nothing to do. */
export function injectStylesScript(fill: boolean, bodyStyle: string | undefined): string | undefined {
  if (!fill && bodyStyle === undefined) return undefined;
  const given = [fill ? fillStyle : null, bodyStyle ?? null].map((value) => JSON.stringify(value));
  return `(${injectStyles.toString()})(${given.join()})`;
}
