// Elements in which HTML begins again (HTML §13.2.6, "integration points").
const htmlWithin = new Set(['foreignobject', 'desc', 'title', 'mi', 'mo', 'mn', 'ms', 'mtext', 'annotation-xml']);

// Start tags that end what is foreign (HTML §13.2.6.5).
const htmlOnly = new Set(
  (
    'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ' +
    'ol p pre ruby s small span strike strong sub sup table tt u ul var'
  ).split(' '),
);

// As deep as Chromium builds a document.
const deepest = 512;

/** Where SVG or MathML stands in a document: `<style/>` is an empty element there, and the rest of the document elsewhere. */
export class ForeignContent {
  /** Open elements that begin or end what is foreign. */
  readonly #open: Array<{ readonly name: string; readonly isForeign: boolean }> = [];

  get isInside(): boolean {
    return this.#open.at(-1)?.isForeign ?? false;
  }

  opened(name: string): void {
    while (this.isInside && htmlOnly.has(name)) this.#open.pop();
    const isForeign = name === 'svg' || name === 'math';
    if (!isForeign && !(this.isInside && htmlWithin.has(name))) return;
    if (this.#open.length < deepest) this.#open.push({ name, isForeign });
  }

  closed(name: string): void {
    const at = this.#open.findLastIndex((element) => element.name === name);
    if (at >= 0) this.#open.length = at;
  }
}
