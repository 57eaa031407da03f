import type { Picture } from '../../model/picture.ts';

/** Pictures by content hash: written once, never changed. */
export interface Pictures {
  /** The bytes; undefined if they are missing or do not match the hash (the card then counts as not kept). */
  read(picture: Picture): Promise<Buffer | undefined>;
  /** Stores a picture. Without a record that refers to it within minutes, it is swept. */
  write(picture: Picture, bytes: Uint8Array): Promise<void>;
}
