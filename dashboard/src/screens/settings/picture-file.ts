import { text } from '../../text/text.ts';

const words = text.settings.fallback;

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'];
// As the service takes it: a photograph as a camera gives it.
const mostBytes = 20_000_000;

/** Why a file is not worth sending, in a sentence; null where it is. */
export function whyNoPicture({ type, size }: Blob): string | null {
  if (!pictureTypes.includes(type)) return words.wrongType;
  return size > mostBytes ? words.tooLarge : null;
}
