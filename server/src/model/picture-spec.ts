import type { PictureType } from './picture.ts';

/** What the picture must look like; a row of consumers.json. */
export interface PictureSpec {
  /** `null` for the generic card: `data-ogplus=""`; otherwise `data-ogplus="{consumer}"`. */
  readonly consumer: string | null;
  /** CSS pixels of the picture before `scale`. The picture is `width * scale` by `height * scale` pixels. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** Formats the consumer reads. */
  readonly formats: readonly PictureType[];
  /** The byte size to aim for, and the hard limit. */
  readonly soft: number;
  readonly max: number;
}
