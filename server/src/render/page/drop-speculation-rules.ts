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

/**
 * Runs before each document's scripts, in their own world: rules that a script makes are read as soon as they are inserted, so
 * that they must never have been rules.
 */
const makeNoSpeculationRules = (): void => {
  const prototype = HTMLScriptElement.prototype;
  const { apply } = Reflect;
  const setAttribute = Element.prototype.setAttribute;
  const allowed = (type: unknown) => (/^speculationrules$/i.test(String(type)) ? 'text/plain' : type);
  const property = Object.getOwnPropertyDescriptor(prototype, 'type');
  const set = property?.set;
  if (property === undefined || set === undefined) return;
  Object.defineProperty(prototype, 'type', {
    ...property,
    set: new Proxy(set, { apply: (setType, script, [type]) => apply(setType, script, [allowed(type)]) }),
  });
  Object.defineProperty(prototype, 'setAttribute', {
    value: new Proxy(setAttribute, {
      apply: (native, script, [name, value]) =>
        apply(native, script, [name, /^type$/i.test(String(name)) ? allowed(value) : value]),
    }),
    configurable: true,
    writable: true,
  });
};

export const makeNoSpeculationRulesScript = `(${makeNoSpeculationRules.toString()})()`;
