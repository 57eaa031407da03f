import { text } from '../text/text.ts';

/** An answer that is no success; its message is a sentence for the person who sees it. */
export class ApiError extends Error {
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.name = 'ApiError';
    this.status = status;
  }
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON; a `Blob` as it is. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Calls the management API. @throws {ApiError} */
export async function request(path: string, { method = 'GET', body, signal }: Call = {}): Promise<Response> {
  const isBlob = body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      signal: signal ?? null,
      ...(body === undefined
        ? {}
        : {
            body: isBlob ? body : JSON.stringify(body),
            headers: isBlob ? {} : { 'content-type': 'application/json' },
          }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, text.errors.unreachable);
  }
  if (!response.ok) throw new ApiError(response.status, await sentenceOf(response));
  return response;
}

/** The answer as `T`, which the API's own schema says it is. @throws {ApiError} */
export async function json<T>(path: string, call?: Call): Promise<T> {
  return (await (await request(path, call)).json()) as T;
}

/** RFC 9457 of the management API; `message` of the routes for signing in. */
async function sentenceOf(response: Response): Promise<string> {
  try {
    const problem = (await response.json()) as { detail?: string; title?: string; message?: string };
    const sentence = problem.detail ?? problem.message ?? problem.title;
    if (sentence) return sentence;
  } catch {
    // no JSON: said below
  }
  return text.errors.status(response.status);
}
