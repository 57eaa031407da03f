import { createHmac } from 'node:crypto';
import { Problem } from '../model/problem.ts';
import { type EpochMs, milliseconds } from '../model/units.ts';
import { asFailure } from '../origin/failures.ts';
import type { Requests } from '../origin/requests.ts';
import type { Delivery } from '../store/ports/webhooks.ts';

/** What an attempt came to. */
export interface Sent {
  readonly kind: 'delivered' | 'gone' | 'failed';
  /** For the webhook's owner. */
  readonly answer: string;
}

// Standard Webhooks recommend 15 to 30 s.
const timeoutMs = 15_000;

/** One attempt to deliver, signed, through the guard, without following redirects (standardwebhooks.com). */
export async function send(
  requests: Requests,
  url: string,
  secret: string,
  { messageId, body }: Delivery,
  now: EpochMs,
  userAgent: string,
  stop: AbortSignal,
): Promise<Sent> {
  const timestamp = String(Math.floor(now / 1000));
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const status = await requests.post(
      new URL(url),
      {
        'content-type': 'application/json',
        'user-agent': userAgent,
        'webhook-id': messageId,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatureOf(secret, `${messageId}.${timestamp}.${body}`),
      },
      body,
      AbortSignal.any([late, stop]),
    );
    const answer = String(status);
    if (status >= 200 && status < 300) return { kind: 'delivered', answer };
    return { kind: status === 410 ? 'gone' : 'failed', answer };
  } catch (error) {
    stop.throwIfAborted();
    const { message } = error instanceof Problem ? error : asFailure(error, late.aborted, milliseconds(timeoutMs));
    return { kind: 'failed', answer: message.replace(/^The page /, 'The receiver ') };
  }
}

/**
 * standardwebhooks.com, "Signature scheme": HMAC-SHA256 under the decoded secret. Its library brings a SHA-256 of its own, with
 * a licence that is not allowed here.
 */
function signatureOf(secret: string, signed: string): string {
  const key = Buffer.from(secret.slice(secret.indexOf('_') + 1), 'base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
