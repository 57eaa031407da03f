/** The part of better-auth's table access that is used here. */
type Context = Promise<{
  readonly adapter: {
    deleteMany(what: { model: string; where: Array<{ field: string; value: string }> }): Promise<number>;
  };
  readonly internalAdapter: {
    findVerificationValue(identifier: string): Promise<{ readonly value: string; readonly expiresAt: Date } | null>;
  };
}>;

/** The person whose password the link sets; undefined for an invalid link. */
export async function personOfLink(context: Context, token: string): Promise<string | undefined> {
  const { internalAdapter } = await context;
  const found = await internalAdapter.findVerificationValue(`reset-password:${token}`);
  return found === null || found.expiresAt < new Date() ? undefined : found.value;
}

/** Invalidates the person's password links: an older one would set the password again for whoever found it. */
export async function endLinksOf(context: Context, personId: string): Promise<void> {
  const { adapter } = await context;
  await adapter.deleteMany({ model: 'verification', where: [{ field: 'value', value: personId }] });
}

/** Revokes all of the person's API keys from the next request on. */
export async function revokeKeysOf(context: Context, personId: string): Promise<void> {
  const { adapter } = await context;
  await adapter.deleteMany({ model: 'apikey', where: [{ field: 'referenceId', value: personId }] });
}
