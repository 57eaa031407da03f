import type { Picture } from '../../model/picture.ts';
import type { EpochMs } from '../../model/units.ts';

/** Pictures by content hash: written once, never changed. */
export interface Pictures {
  /** The bytes; undefined if they are missing or do not match the hash (the card then counts as not kept). */
  read(picture: Picture): Promise<Buffer | undefined>;
  /** Stores a picture. Without a record that refers to it within minutes, it is swept. */
  write(picture: Picture, bytes: Uint8Array): Promise<void>;
}

/** A stored picture, as a listing of the storage shows it. */
export interface StoredPicture {
  readonly hash: string;
  readonly size: number;
  /** When it was last written. */
  readonly writtenAt: EpochMs;
}

/** Where the bytes of pictures are: files or a bucket. Whether a picture is still needed, the records say. */
export interface PictureStorage extends Pictures, AsyncDisposable {
  /** Every stored picture, in any order. One that is written or removed meanwhile may be in it or not. */
  entries(): AsyncIterable<StoredPicture>;
  /** Removes the bytes; does nothing if there are none. */
  remove(hash: string): Promise<void>;
  /** Rejects with the reason if pictures cannot be read and written. Only reads. */
  check(): Promise<void>;
}
