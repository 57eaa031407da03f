import type { DocumentPart, DocumentReading } from '../../model/document.ts';

/** A card of its own, made of parts of the page's document. */
export interface TemplateCard {
  /** Its bytes, in pieces. */
  readonly pieces: readonly Uint8Array[];
  /** Its head and its body's content. */
  readonly parts: readonly DocumentPart[];
}

/**
 * The document with the first matching template as its whole body: the head stays, and the rest of the body is not there to
 * be loaded. Undefined if no template matches. Pure; works on bytes, so in every ASCII-compatible encoding.
 * @param ids of `<template>` elements, in order of preference.
 */
export function templateCard(
  body: Uint8Array,
  { templates, head, headEnd, bodyTag }: DocumentReading,
  ids: readonly string[],
): TemplateCard | undefined {
  const content = ids
    .map((id) => templates.find((template) => template.id === id))
    .find((found) => found !== undefined);
  if (content === undefined) return undefined;
  return {
    pieces: [
      body.subarray(0, headEnd),
      bodyTag === undefined ? Buffer.from('<body>') : body.subarray(bodyTag.start, bodyTag.end),
      body.subarray(content.start, content.end),
      Buffer.from('</body></html>'),
    ],
    parts: [head, content],
  };
}
