import type { Policy } from '../model/policy.ts';
import type { CardRequest } from './request.ts';

/** The request header fields that `Vary` can select by: those that differ between our fetches of one page. */
export type Selection = Readonly<Record<string, string>>;

/** `user-agent` stands for the consumer: the only part of ours that differs. */
export function selectionOf(request: CardRequest): Selection {
  return { 'user-agent': request.consumer.name, 'accept-language': request.language };
}

/** Whether a stored response matches this request too (RFC 9111 §4.1). A field that we never send always matches. */
export function selects(policy: Policy, selection: Selection): boolean {
  return policy.vary.every(([name, value]) => value === (selection[name] ?? ''));
}

/** The same for the request itself. */
export function matches(policy: Policy, request: CardRequest): boolean {
  return policy.vary.length === 0 || selects(policy, selectionOf(request));
}

/** The header fields of the fetch that differ by request. */
export function selectingHeaders(selection: Selection, software: string): Record<string, string> {
  const { 'user-agent': consumer = 'generic', 'accept-language': language = '' } = selection;
  return {
    'user-agent': consumer === 'generic' ? software : `${software} ${consumer}`,
    ...(language === '' ? {} : { 'accept-language': language }),
  };
}
