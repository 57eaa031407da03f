import type { ReadDocument } from '../model/document.ts';
import type { PictureSpec } from '../model/picture-spec.ts';
import type { HeaderLines } from '../model/policy.ts';
import { prepareDocument } from './document/prepare-document.ts';
import type { Renderer, Rendering } from './renderer.ts';

export interface OwnDocumentOptions {
  readonly renderer: Renderer;
  readonly read: (bytes: Buffer, headers: HeaderLines, partition: string) => Promise<ReadDocument | undefined>;
}

const headers: HeaderLines = [['content-type', 'text/html; charset=utf-8']];

/**
 * Draws a document that the service wrote itself, as cards are drawn.
 * @param url whose document it is said to be.
 * @throws {Problem} as `Renderer.render`.
 */
export async function drawOwnDocument(
  { renderer, read }: OwnDocumentOptions,
  html: string,
  url: string,
  spec: PictureSpec,
  partition: string,
): Promise<Rendering> {
  const found = await read(Buffer.from(html), headers, partition);
  if (found === undefined) throw new Error('A document of our own could not be read.');
  return renderer.render({ document: prepareDocument({ url, status: 200, headers, ...found }, spec, {}), partition });
}
