export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

export interface Picture {
  /** Lower-case hex SHA-256 of the bytes: the storage key and the strong `ETag`. */
  readonly hash: string;
  readonly type: PictureType;
  /** Size in bytes. */
  readonly size: number;
  /** Size in device pixels. */
  readonly width: number;
  readonly height: number;
}

/** The byte limits (the lesser of a picture spec's `soft` and `max`) for which a render encodes to the same file. */
export interface ByteLimits {
  readonly least: number;
  /** The first limit that would give a better file; null where no file is better. */
  readonly below: number | null;
}

/** Whether encoding under this limit gives the same file. */
export function admits({ least, below }: ByteLimits, limit: number): boolean {
  return limit >= least && (below === null || limit < below);
}
