/** Where the database is. */
export interface DatabaseAddress {
  /** `postgres://user:password@host/database`; it may be a pooler's. */
  readonly url: string;
  /** The database's own address, for listening and migrations, where `url` is a pooler's. */
  readonly directUrl?: string | undefined;
}

/** Its address as people are shown it: without user and password. */
export function databaseNameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `postgres://${host}${pathname}`;
}
