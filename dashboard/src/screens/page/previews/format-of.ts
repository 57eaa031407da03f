import { text } from '../../../text/text.ts';

/** `2400 × 1260, PNG`: device pixels and format of a picture. */
export function formatOf({ type, width, height }: { type: string; width: number; height: number }): string {
  return `${text.page.picture.pixels(width, height)}, ${type.replace('image/', '').toUpperCase()}`;
}
