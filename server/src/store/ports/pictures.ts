import type { Picture } from '../../model/picture.ts';

/** Bytes of pictures, by what they are: written once, never changed. */
export interface Pictures {
  /** The bytes, or undefined where they are missing or not what the hash says (a card then counts as not kept). */
  read(picture: Picture): Promise<Buffer | undefined>;
  /** Puts a picture into the store that a record is to point at within minutes; otherwise it is swept. */
  write(picture: Picture, bytes: Uint8Array): Promise<void>;
}
