import { CommandError } from '../terminal.ts';

/** A service, and the key to it. */
export interface ServiceAccess {
  /** Its address, without a trailing slash. */
  readonly service: string;
  readonly apiKey: string;
}

export interface ApiCall {
  /** Sent as JSON, or as it is. */
  readonly body?: object | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

// The service may wait ten seconds for the page's origin.
const timeoutMs = 60_000;
// The longest answer is a list of a thousand websites.
const mostBytes = 20_000_000;

/**
 * Calls the management API of a service. The types of its answers are those of the API's schemas, for which the service answers.
 * @throws {CommandError} that says what went wrong: the API's own sentence, where there is one.
 */
export async function callService<T>(
  access: ServiceAccess,
  method: string,
  path: string,
  call: ApiCall = {},
): Promise<T> {
  const { service, apiKey } = access;
  const { body, headers = {} } = call;
  const isBytes = body instanceof Uint8Array;
  let status: number;
  let text: string;
  try {
    const response = await fetch(`${service}/api/v1${path}`, {
      method,
      redirect: 'manual', // the key is for this service alone
      headers: {
        authorization: `Bearer ${apiKey}`,
        accept: 'application/json',
        ...(body === undefined || isBytes ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = response.status;
    text = await textOf(response);
  } catch (error) {
    throw new CommandError(`The service ${service} cannot be reached: ${reasonOf(error)}.`);
  }
  if (status === 401) {
    throw new CommandError(
      `The service ${service} does not accept the API key. Create one at ${service}/account, then: npx ogplus login ${service}`,
    );
  }
  const answer = text === '' ? undefined : parsed(text);
  if (status >= 200 && status < 300 && (text === '' || answer !== undefined)) return answer as T;
  const detail = answer !== null && typeof answer === 'object' && 'detail' in answer ? answer.detail : undefined;
  if (typeof detail === 'string') throw new CommandError(detail);
  throw new CommandError(
    `${service} answers ${status}, and not as OpenGraph+ does. Is it the address of the service and its dashboard?`,
  );
}

async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > mostBytes) throw new Error('its answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's page, say
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const { cause } = error;
  return cause instanceof Error ? cause.message || cause.name : error.message;
}
