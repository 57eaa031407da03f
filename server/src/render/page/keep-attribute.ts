/// <reference lib="dom" />
/**
 * Keeps `data-ogplus` on the root for as long as the page is drawn. Where a framework makes the whole document anew, it makes
 * it without: React does so in production too, where what it draws differs from what the server sent. Told of it before the
 * next style is computed. In a world of its own, in each document before anything of it is there.
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
