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
    if (event.resourceType !== 'Document') return;
    const { requestId } = event;
    remember(page, event);
    const isMain = event.frameId === page.frameId;
    const answered = !isMain
      ? page.send('Fetch.continueRequest', { requestId })
      : handedOver
        ? page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
        : handOver(page, document, requestId);
    if (isMain) handedOver = true;
    answered.catch(() => {}); // the page or its frame went while it was answered
  });
}

function handOver(page: Page, { status, headers, body }: PreparedDocument, requestId: string): Promise<unknown> {
  const response = {
    requestId,
    responseCode: status,
    responsePhrase: 'OK', // Chromium refuses a status that it knows no phrase for
    responseHeaders: [...headers],
  };
  return page.send('Fetch.fulfillRequest', response, undefined, { name: 'body', bytes: body });
}

function remember(page: Page, { request }: RequestPaused): void {
  if (URL.canParse(request.url)) page.origins.add(new URL(request.url).origin);
}
