export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

export interface Picture {
  /** Lower-case hex SHA-256 of the bytes: where they are kept, and the strong `ETag`. */
  readonly hash: string;
  readonly type: PictureType;
  /** Size in bytes. */
  readonly size: number;
  /** Size in device pixels. */
  readonly width: number;
  readonly height: number;
}

/** Limits of bytes (the lesser of a frame's `soft` and `max`) under which a drawing comes to be the same file. */
export interface ByteLimits {
  readonly least: number;
  /** The first one under which it would come to be a better one; null where there is none better. */
  readonly below: number | null;
}

/** Whether a drawing under this limit comes to be the same file as the one that has these. */
export function admits({ least, below }: ByteLimits, limit: number): boolean {
  return limit >= least && (below === null || limit < below);
}
