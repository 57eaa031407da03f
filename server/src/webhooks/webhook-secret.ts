import { createHmac } from 'node:crypto';

/** A webhook's signing secret, as Standard Webhooks write it: derived from the master key and the webhook's own salt. */
export function webhookSecretOf(masterKey: Uint8Array, salt: string): string {
  return `whsec_${createHmac('sha256', masterKey).update(`webhook\n${salt}`).digest('base64')}`;
}
