import type { Website } from '../../model/website.ts';
import type { Directory } from '../../websites/directory.ts';
import type { ImageAddress } from './image-address.ts';

/** The website that an image address names; undefined if there is none. */
export async function websiteAt(directory: Directory, { kind, key }: ImageAddress): Promise<Website | undefined> {
  if (key === undefined) return undefined;
  if (kind === 'connection') return directory.byConnection(key);
  return kind === 'own-host' ? directory.byOwnHost(key) : directory.byPublicKey(key);
}
