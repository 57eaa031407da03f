import { Problem } from '../../../model/problem.ts';
import type { PageCursor } from '../../../store/ports/activity.ts';

/** Serialises a cursor; opaque to clients. */
export function writeCursor({ value, id }: PageCursor): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

/** @throws {Problem} `malformed-address`, for what `writeCursor` never wrote. */
export function readCursor(text: string): PageCursor {
  try {
    const [value, id]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString());
    if ((typeof value === 'string' || Number.isSafeInteger(value)) && Number.isSafeInteger(id)) {
      return { value: value as string | number, id: id as number };
    }
  } catch {
    // no JSON, or no list: said below
  }
  throw new Problem('malformed-address', 'The cursor is invalid. Send `next` of the previous response unchanged.');
}
