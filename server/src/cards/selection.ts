import type { Policy } from '../model/policy.ts';
import type { CardRequest } from './request.ts';

/** What `Vary` can select by, of a request: the fields that differ between our fetches of one page. */
export type Selection = Readonly<Record<string, string>>;

/** `user-agent` stands for the consumer, which is what differs in the one we send. */
export function selectionOf(request: CardRequest): Selection {
  return { 'user-agent': request.consumer.name, 'accept-language': request.language };
}

/** Whether a kept response answers this request too (RFC 9111 §4.1). A field that we never send always matches. */
export function selects(policy: Policy, selection: Selection): boolean {
  return policy.vary.every(([name, value]) => value === (selection[name] ?? ''));
}

/** The header fields of the fetch that differ by request. */
export function selectingHeaders(selection: Selection, software: string): Record<string, string> {
  const { 'user-agent': consumer = 'generic', 'accept-language': language = '' } = selection;
  return {
    'user-agent': consumer === 'generic' ? software : `${software} ${consumer}`,
    ...(language === '' ? {} : { 'accept-language': language }),
  };
}
