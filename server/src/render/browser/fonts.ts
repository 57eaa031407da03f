import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { builtFonts, fontconfig } from '@ogplus/fonts';
import { cachePlaces, wholeFolder } from './whole-folder.ts';

/**
 * Unpacks the bundled fonts once, and returns the text of the `fonts.conf` that adds them to the system's.
 * @throws {Error} with a readable message.
 */
export async function readyFonts(places: readonly string[] = cachePlaces()): Promise<string> {
  const folder = builtFonts ?? (await unpackedFonts(places));
  // fontconfig's cache, for these rules.
  const rules = hash(fontconfig('', ''));
  return fontconfig(folder, join(dirname(folder), `fontconfig-${rules}`));
}

async function unpackedFonts(places: readonly string[]): Promise<string> {
  const { buildFonts, recipe } = await import('@ogplus/fonts/build');
  return wholeFolder(`fonts-${hash(recipe)}`, places, buildFonts);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
