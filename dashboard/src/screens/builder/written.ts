import { networkFrames } from '../../../../server/src/model/networks/network-frames.ts';
import { cutTo } from '../../../../server/src/model/networks/shown-text.ts';
import { tagsOfPage } from '../../../../server/src/snippets/html-tags.ts';
import type { PageWords, Site } from '../../../../server/src/snippets/snippet.ts';
import type { Preview } from '../../api/types.ts';

/** What stands in the form. */
export interface Written {
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly siteName: string;
}

type Document = Preview['document'];

/** The page's own words, to begin with. */
export function ownWords({ title, description, tags }: Document): Written {
  const tag = (name: string) => tags.find((one) => one.name === name)?.content.trim() ?? '';
  return {
    title: title?.trim() ?? '',
    description: description?.trim() ?? '',
    type: tag('og:type') || 'website',
    siteName: tag('og:site_name'),
  };
}

/** What is to be put into the page. */
export function wordsOf(site: Site, target: string, { title, description, type, siteName }: Written): PageWords {
  const { connectionUrl, origin } = site;
  return {
    connectionUrl,
    origin,
    target,
    title: title.trim(),
    description: description.trim() || null,
    type,
    siteName: siteName.trim() || undefined,
  };
}

/** The page as it is once the tags are in it. */
export function documentWith(words: PageWords): Document {
  const tags = tagsOfPage(words).map(([name, content]) => ({ name, content }));
  const { title, description } = words;
  return { title, description, image: { url: words.connectionUrl, kind: 'own' }, tags, findings: [] };
}

/** The networks that cut a text by its characters, and after how many. */
export function cutBy(part: 'title' | 'description', written: string): Array<{ label: string; characters: number }> {
  return networkFrames.flatMap((frame) => {
    const cut = frame[part];
    if (cut === null || cut.characters === null || cutTo(written, cut) === written) return [];
    return [{ label: frame.label, characters: cut.characters }];
  });
}
