import type { Website } from '../../src/model/website.ts';
import { apiKeyOf, secretKeyOf } from '../../src/websites/keys.ts';
import { masterKey } from '../../src/websites/master-key.ts';
import type { TestService } from './service.ts';

export interface ApiRequest {
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the management API with the website's own key; a path that is no `/api/…` is one below the website. */
export async function callApi(test: TestService, website: Website, path: string, request: ApiRequest = {}) {
  const { method = 'GET', body, headers = {} } = request;
  const { publicKey, id } = website;
  const key = apiKeyOf(publicKey, secretKeyOf(await masterKey({ dataDir: test.dataDir }), publicKey));
  const address = path.startsWith('/api/') ? path : `/api/v1/websites/${id}${path}`;
  const response = await fetch(test.service.address + address, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, json: () => JSON.parse(bytes.toString()) };
}
