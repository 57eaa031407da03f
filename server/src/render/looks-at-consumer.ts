import { Parser } from 'htmlparser2';
import type { Page } from './page.ts';

// `[data-ogplus]` asks whether a card is drawn, not for whom; `ogplus_pk_…` is a key in an address. Whatever else has
// the name in it may read the value: to be wrong here costs a drawing, never a wrong picture.
const reading = 'ogplus(?!\\s*\\]|_)';

/**
 * Whether the document's own scripts and styles may read for which consumer it is drawn (`data-ogplus="{consumer}"`).
 * @param document bytes in which ASCII reads as itself.
 */
export function documentLooksAtConsumer(document: Buffer): boolean {
  if (!mentions(document)) return false;
  const reads = new RegExp(reading, 'i');
  let inside = 0;
  let looks = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'script' || name === 'style') inside++;
      looks ||= Object.entries(attributes).some(
        ([attribute, value]) => attribute.startsWith('on') && reads.test(value),
      );
    },
    onclosetag(name) {
      if (name === 'script' || name === 'style') inside--;
    },
    ontext(text) {
      looks ||= inside > 0 && reads.test(text);
    },
  });
  parser.end(document.toString('latin1'));
  return looks;
}

function mentions(document: Buffer): boolean {
  return /ogplus/i.test(document.toString('latin1'));
}

/** The same of the script and style files that a settled page has loaded, wherever they came from. */
export async function loadedCodeLooksAtConsumer(page: Page): Promise<boolean> {
  const searches = [...page.traffic.code].map(async (requestId) => {
    const params = { requestId, query: reading, isRegex: true, caseSensitive: false };
    // Refused for what the browser did not keep: nobody knows what that said.
    const found = await page.send('Network.searchInResponseBody', params).catch(() => null);
    return found === null || found.result.length > 0;
  });
  return (await Promise.all(searches)).includes(true);
}
