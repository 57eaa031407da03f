import { readsConsumer } from '../../document/reads-consumer.ts';
import type { Page } from './page.ts';

/** Whether the page may read which consumer it is rendered for: `DocumentPart.looksAtConsumer` for all loaded script and style files. */
export async function loadedCodeLooksAtConsumer(page: Page): Promise<boolean> {
  const searches = [...page.traffic.code].map(async (requestId) => {
    const params = { requestId, query: readsConsumer, isRegex: true, caseSensitive: false };
    // Refused if the browser did not keep the body: its content is unknown.
    const found = await page.send('Network.searchInResponseBody', params).catch(() => null);
    return found === null || found.result.length > 0;
  });
  return (await Promise.all(searches)).includes(true);
}
