import { readsConsumer } from '../../document/reads-consumer.ts';
import type { Page } from './page.ts';

/** Whether the page may read for which consumer it is drawn: the same as `DocumentPart.looksAtConsumer`, of the script and style files that a settled page has loaded, wherever they came from. */
export async function loadedCodeLooksAtConsumer(page: Page): Promise<boolean> {
  const searches = [...page.traffic.code].map(async (requestId) => {
    const params = { requestId, query: readsConsumer, isRegex: true, caseSensitive: false };
    // Refused for what the browser did not keep: nobody knows what that said.
    const found = await page.send('Network.searchInResponseBody', params).catch(() => null);
    return found === null || found.result.length > 0;
  });
  return (await Promise.all(searches)).includes(true);
}
