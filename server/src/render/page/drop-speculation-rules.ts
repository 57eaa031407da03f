/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/**
 * Runs before the document, in our own world: takes its speculation rules away before they are read. What they load ahead
 * shows nothing in a card, and is paused nowhere.
 */
const dropSpeculationRules = (): void => {
  const drop = () => {
    for (const script of document.querySelectorAll('script[type="speculationrules" i]'))
      script.setAttribute('type', 'text/plain');
  };
  new MutationObserver(drop).observe(document, { childList: true, subtree: true });
};

/** @returns the script, or undefined if the document has no such rules. */
export function dropSpeculationRulesScript(document: Buffer): string | undefined {
  return document.includes('speculationrules') ? `(${dropSpeculationRules.toString()})()` : undefined;
}
