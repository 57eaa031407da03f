import type { DocumentPart, DocumentReading } from '../../model/document.ts';

/** A card of its own: the parts of the page's document that it is made of. */
export interface TemplateCard {
  /** Its bytes, in pieces. */
  readonly pieces: readonly Uint8Array[];
  /** Its head, and what its body holds. */
  readonly parts: readonly DocumentPart[];
}

/**
 * The document with the first of these templates as its whole body: its head stays, and what its body would have
 * loaded is not there to be loaded. Undefined where it has none of them. Pure; works on bytes, so in every encoding in
 * which ASCII reads as itself.
 * @param ids of `<template>` elements, the most wanted first.
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
