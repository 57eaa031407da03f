/// <reference lib="dom" />
/**
 * Runs before the document, in an isolated world: a stylesheet or attribute in the document could be blocked by the page's
 * Content-Security-Policy, so styles are injected through the CSSOM, which no policy governs.
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
    observer.disconnect(); // before the change, which would trigger it
    document.body.style.cssText += `;${bodyStyle}`;
  };
  // Runs before the next script and the first paint.
  const observer = new MutationObserver(style);
  observer.observe(document, { childList: true, subtree: true });
};

/**
 * A card of its own fills the picture (docs/guides/rendering.md). Page styles for an article's width would squeeze it, so
 * these override them, but not `!important` or `og:plus:style`; margin and padding override plain `body` rules only.
 */
export const fillStyle = `
  html[data-ogplus] { width: 100%; height: 100%; min-height: 0; }
  html[data-ogplus] > body { width: 100%; height: 100%; min-width: 0; min-height: 0; max-width: none; max-height: none;
    box-sizing: border-box; }
  :where(html[data-ogplus]) > body { margin: 0; padding: 0; }
`;

/** @returns the script, or undefined if there is nothing to inject. */
export function injectStylesScript(fill: boolean, bodyStyle: string | undefined): string | undefined {
  if (!fill && bodyStyle === undefined) return undefined;
  const given = [fill ? fillStyle : null, bodyStyle ?? null].map((value) => JSON.stringify(value));
  return `(${injectStyles.toString()})(${given.join()})`;
}
