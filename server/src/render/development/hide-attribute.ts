/// <reference lib="dom" />
/**
 * Hides `data-ogplus` from the list of the root's attributes, which development builds of frameworks compare with their own
 * output: React reports a hydration mismatch, and Next.js forwards it to the terminal. Reading the attribute by name, as
 * styles do, still works. Runs in the page's own world, only in development.
 */
const hideAttribute = (): void => {
  const own = Object.getOwnPropertyDescriptor(Element.prototype, 'attributes');
  const list = own?.get;
  if (own === undefined || list === undefined) return;
  const visible = (all: NamedNodeMap) => [...all].filter(({ name }) => name !== 'data-ogplus');
  const without = (all: NamedNodeMap) =>
    new Proxy(all, {
      get(target, key) {
        if (key === 'length') return visible(target).length;
        if (key === 'item') return (at: number) => visible(target)[at] ?? null;
        if (key === Symbol.iterator) return () => visible(target)[Symbol.iterator]();
        if (typeof key === 'string' && /^\d+$/.test(key)) return visible(target)[Number(key)];
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  Object.defineProperty(Element.prototype, 'attributes', {
    ...own,
    get(this: Element) {
      const all: NamedNodeMap = list.call(this);
      return this === document.documentElement ? without(all) : all;
    },
  });
};

export const hideAttributeScript = `(${hideAttribute.toString()})()`;
