/// <reference lib="dom" />
/**
 * Keeps `data-ogplus` on the root while the page is rendered. A framework that recreates the whole document drops it: React
 * does so in production too, when its output differs from the server's. Restored before the next style is computed. Runs in
 * an isolated world, before each document.
 */
const keepAttribute = (): void => {
  if (window !== window.top) return;
  const name = 'data-ogplus';
  let value: string | null = null;
  const look = () => {
    const root = document.documentElement;
    if (root === null) return;
    const found = root.getAttribute(name);
    if (found !== null) value = found;
    else if (value !== null) root.setAttribute(name, value);
    observer.observe(root, { attributeFilter: [name] });
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true });
  look();
};

export const keepAttributeScript = `(${keepAttribute.toString()})();`;
