/** Where the database is. */
export interface DatabaseAddress {
  /** `postgres://user:password@host/database`; it may be a pooler's. */
  readonly url: string;
  /** The database's own address, for listening and migrations, where `url` is a pooler's. */
  readonly directUrl?: string | undefined;
}
