import type { Values } from './fields.ts';

/**
 * What somebody typed and did not save, by person and website: it outlasts the form when the session ends, so that it is there
 * again after signing in. In memory only.
 */
const drafts = new Map<string, Values>();

const nameOf = (person: string, websiteId: number) => `${person} ${websiteId}`;

export function draftOf(person: string, websiteId: number): Values | undefined {
  return drafts.get(nameOf(person, websiteId));
}

/** @param values undefined: there is nothing unsaved. */
export function keepDraft(person: string, websiteId: number, values: Values | undefined): void {
  if (values === undefined) drafts.delete(nameOf(person, websiteId));
  else drafts.set(nameOf(person, websiteId), values);
}
