import type { Generated } from 'kysely';
import type { Tables } from '../records/schema.ts';

/** The tables in SQLite after the newest migration. */
export interface Schema extends Tables {
  websites: Tables['websites'] & {
    /** Number of its rows in `pages`, maintained by triggers. */
    page_count: Generated<number>;
  };
  /** Finds pages by a part of their target or title; triggers keep it in step with `pages`. */
  page_search: {
    rowid: number;
    page_search: string;
  };
  /** Pictures in a storage elsewhere that a sweep removes (`done` 0) or has removed (1) lately. */
  removed_pictures: {
    hash: string;
    at: number;
    done: number;
  };
  /** better-auth's table, like its others: the columns that are read here. */
  user: { id: string; name: string; email: string; createdAt: string };
  /** SQLite's own: the last id each AUTOINCREMENT table gave out. */
  sqlite_sequence: { name: string; seq: number };
}
