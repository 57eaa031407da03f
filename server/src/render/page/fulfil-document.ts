import type { PreparedDocument } from '../document/prepare-document.ts';
import type { Page, RequestPaused } from './page.ts';

/**
 * Answers the page's first document request with the document that was fetched, so that its origin is not asked twice.
 * Later ones are the page's own doing: another document in its place is refused, frames load.
 * Gives the way to stop.
 */
export function fulfilDocument(page: Page, document: PreparedDocument): () => void {
  let handedOver = false;
  return page.on('Fetch.requestPaused', (event) => {
    const { requestId } = event;
    remember(page, event);
    const isMain = event.frameId === page.frameId;
    const answered = !isMain
      ? page.send('Fetch.continueRequest', { requestId })
      : handedOver
        ? page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
        : page.send('Fetch.fulfillRequest', {
            requestId,
            responseCode: document.status,
            responsePhrase: 'OK', // Chromium refuses a status that it knows no phrase for
            responseHeaders: [...document.headers],
            body: document.body.toString('base64'),
          });
    if (isMain) handedOver = true;
    answered.catch(() => {}); // the page or its frame went while it was answered
  });
}

function remember(page: Page, { request }: RequestPaused): void {
  if (URL.canParse(request.url)) page.origins.add(new URL(request.url).origin);
}
