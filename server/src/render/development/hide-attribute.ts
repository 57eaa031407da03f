/// <reference lib="dom" />
/**
 * Leaves `data-ogplus` out of the list of the root's attributes, which development builds of frameworks compare with what
 * they would have drawn: React reports a hydration mismatch, and Next.js sends that on to the terminal. Whoever asks for the
 * attribute by its name, styles above all, still finds it. In the page's own world, in pages that are being made only.
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
