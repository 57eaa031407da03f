import type { MetaTag } from '../../model/meta-tag.ts';
import { withoutSecrets } from '../../websites/secrets.ts';
import type { ReadImage } from '../inspect/named-image.ts';

/**
 * Tags as found, but for addresses of cards: their key or host name is left out, for whoever has it may ask for the card of
 * every page of the website.
 */
export async function withoutAddresses(tags: readonly MetaTag[], readImage: ReadImage): Promise<MetaTag[]> {
  return Promise.all(tags.map(async ({ name, content }) => ({ name, content: await hidden(content, readImage) })));
}

/** The same for one content of a tag. */
export async function hidden(content: string, readImage: ReadImage): Promise<string> {
  const shown = withoutSecrets(content);
  const url = URL.parse(content.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) return shown;
  const named = await readImage(url);
  if (named.kind === 'foreign') return shown;
  return `https://…${named.kind === 'card' ? named.target : ''}`;
}
