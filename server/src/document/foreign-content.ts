// Elements in which HTML begins again (HTML §13.2.6, "integration points").
const htmlWithin = new Set(['foreignobject', 'desc', 'title', 'mi', 'mo', 'mn', 'ms', 'mtext', 'annotation-xml']);

// Start tags that end foreign content (HTML §13.2.6.5). `<meta>` is one of them, but no drawing means a page's tag by it.
const htmlOnly = new Set(
  (
    'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu nobr ' +
    'ol p pre ruby s small span strike strong sub sup table tt u ul var'
  ).split(' '),
);

// Chromium's limit of a document's depth.
const deepest = 512;

/** Where SVG or MathML is in a document: `<style/>` is an empty element there, and swallows the rest elsewhere. */
export class ForeignContent {
  /** Open elements that begin or end foreign content. */
  readonly #open: Array<{ readonly name: string; readonly isForeign: boolean }> = [];
  /** Open elements by name, so that an unmatched end tag costs no search. */
  readonly #count = new Map<string, number>();

  get isInside(): boolean {
    return this.#open.at(-1)?.isForeign ?? false;
  }

  /** Call it for a start tag before `isInside`. */
  opens(name: string): void {
    while (this.isInside && htmlOnly.has(name)) this.#pop();
  }

  opened(name: string): void {
    const isForeign = name === 'svg' || name === 'math';
    if (!isForeign && !(this.isInside && htmlWithin.has(name))) return;
    if (this.#open.length >= deepest) return;
    this.#open.push({ name, isForeign });
    this.#count.set(name, (this.#count.get(name) ?? 0) + 1);
  }

  closed(name: string): void {
    if ((this.#count.get(name) ?? 0) === 0) return;
    while (this.#pop() !== name);
  }

  reset(): void {
    this.#open.length = 0;
    this.#count.clear();
  }

  #pop(): string | undefined {
    const name = this.#open.pop()?.name;
    if (name !== undefined) this.#count.set(name, (this.#count.get(name) ?? 0) - 1);
    return name;
  }
}
