/** What was found, in a sentence; what is not well has its mend. */
export type Finding =
  | { readonly level: 'good'; readonly says: string }
  | { readonly level: 'hint' | 'bad'; readonly says: string; readonly mend: string };

/** A thing that the service needs, and how it is. */
export interface Check {
  readonly name: string;
  find(): Promise<Finding>;
}

export const good = (says: string): Finding => ({ level: 'good', says });
/** It works, but not well, or not for everybody. */
export const hint = (says: string, mend: string): Finding => ({ level: 'hint', says, mend });
/** It does not work. */
export const bad = (says: string, mend: string): Finding => ({ level: 'bad', says, mend });

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return (cause instanceof Error ? cause.message : error.message).replace(/\.$/, '');
}

/** What a check finds; that it failed itself is a finding too. */
export async function found({ find }: Check): Promise<Finding> {
  try {
    return await find();
  } catch (error) {
    return bad(reasonOf(error), 'The check itself failed. See the message.');
  }
}
