import { Parser } from 'htmlparser2';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where the parts of a document lie that a card of its own is made of; offsets into the text. */
interface Outline {
  /** The first start tag of the body. */
  readonly bodyTag: Range | undefined;
  /** Where the head ends, should no tag say so: the first thing that cannot stand in one. */
  readonly contentStart: number;
  /** What lies within each template that lies in no other; the first of an id counts. */
  readonly templates: ReadonlyMap<string, Range>;
}

/**
 * The document with the first of these templates as its whole body: its head stays, and what its body would have
 * loaded is not there to be loaded. Undefined where it has none of them. Pure; works on bytes, so in every encoding in
 * which ASCII reads as itself.
 * @param ids of `<template>` elements, the most wanted first.
 */
export function templateCard(document: Buffer, ids: readonly string[]): Buffer | undefined {
  const text = document.toString('latin1'); // one character for one byte
  if (!/<template[\s>]/i.test(text)) return undefined;
  const { bodyTag, contentStart, templates } = outlineOf(text);
  const content = ids.map((id) => templates.get(id)).find((found) => found !== undefined);
  if (content === undefined) return undefined;
  return Buffer.from(
    text.slice(0, Math.min(bodyTag?.start ?? text.length, contentStart)) +
      (bodyTag === undefined ? '<body>' : text.slice(bodyTag.start, bodyTag.end)) +
      text.slice(content.start, content.end) +
      '</body></html>',
    'latin1',
  );
}

// Elements that may stand in a head (HTML §4.2), and the head's own parents.
const inHead = new Set(['html', 'head', 'base', 'link', 'meta', 'noscript', 'script', 'style', 'template', 'title']);
// Of these, the ones whose content is no content of the page.
const closed = new Set(['noscript', 'script', 'style', 'template', 'title']);

function outlineOf(text: string): Outline {
  const templates = new Map<string, Range>();
  const open: Array<{ readonly name: string; readonly id: string | undefined; readonly start: number }> = [];
  let bodyTag: Range | undefined;
  let contentStart: number | undefined;
  const within = (name: string) => open.some((element) => element.name === name);

  const parser = new Parser({
    onopentag(name, { id }) {
      const outside = open.length === 0;
      if (outside && name === 'body') bodyTag ??= { start: parser.startIndex, end: parser.endIndex + 1 };
      if (outside && name !== 'body' && !inHead.has(name)) contentStart ??= parser.startIndex;
      if (closed.has(name)) open.push({ name, id: within('template') ? undefined : id, start: parser.endIndex + 1 });
    },
    onclosetag(name) {
      const last = open.at(-1);
      if (last?.name !== name) return;
      open.pop();
      if (name !== 'template' || last.id === undefined || templates.has(last.id)) return;
      templates.set(last.id, { start: last.start, end: Math.max(last.start, parser.startIndex) });
    },
    ontext(found) {
      // A byte order mark reads as text.
      const content = found.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
      if (open.length > 0 || content === '') return;
      contentStart ??= parser.startIndex + found.length - content.length;
    },
  });
  parser.end(text);
  return { bodyTag, contentStart: contentStart ?? text.length, templates };
}
