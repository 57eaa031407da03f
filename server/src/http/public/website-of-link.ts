import { hashOf } from '../../accounts/links.ts';
import type { EpochMs } from '../../model/units.ts';
import type { Website } from '../../model/website.ts';
import type { Link, LinkKind } from '../../store/ports/links.ts';
import type { Store } from '../../store/ports/store.ts';

/** The valid link that a token opens, with its website and the purge version from before that was read; undefined if there is none. */
export async function websiteOfLink(
  { links, websites, changes }: Pick<Store, 'links' | 'websites' | 'changes'>,
  kind: LinkKind,
  token: string,
  now: EpochMs,
): Promise<{ link: Link; website: Website; asOf: number } | undefined> {
  changes.catchUp();
  const asOf = changes.newest;
  const link = await links.find(kind, hashOf(token), now);
  const website = link && (await websites.byId(link.websiteId));
  return link === undefined || website === undefined ? undefined : { link, website, asOf };
}
