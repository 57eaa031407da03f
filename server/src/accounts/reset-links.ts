/** What is used of better-auth's own access to its tables. */
type Context = Promise<{
  readonly adapter: {
    deleteMany(what: { model: string; where: Array<{ field: string; value: string }> }): Promise<number>;
  };
  readonly internalAdapter: {
    findVerificationValue(identifier: string): Promise<{ readonly value: string; readonly expiresAt: Date } | null>;
  };
}>;

/** Whose password the link sets; undefined for a link that is not good. */
export async function personOfLink(context: Context, token: string): Promise<string | undefined> {
  const { internalAdapter } = await context;
  const found = await internalAdapter.findVerificationValue(`reset-password:${token}`);
  return found === null || found.expiresAt < new Date() ? undefined : found.value;
}

/** Ends all links that set the person's password: an older one would set it again, for whoever found it. */
export async function endLinksOf(context: Context, personId: string): Promise<void> {
  const { adapter } = await context;
  await adapter.deleteMany({ model: 'verification', where: [{ field: 'value', value: personId }] });
}

/** Revokes all API keys of the person: from the next request on they open nothing. */
export async function revokeKeysOf(context: Context, personId: string): Promise<void> {
  const { adapter } = await context;
  await adapter.deleteMany({ model: 'apikey', where: [{ field: 'referenceId', value: personId }] });
}
