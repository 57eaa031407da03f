import { escapedTarget } from '../../parts/readable-target.ts';

/** What is searched for: addresses that were copied whole, and letters beyond ASCII, are found too. */
export function searchText(typed: string, origin: string): string {
  const text = typed.trim();
  const host = origin.replace(/^https?:\/\//, '');
  const start = [origin, host].find((one) => text.toLowerCase().startsWith(one));
  return escapedTarget(start === undefined ? text : text.slice(start.length) || '/');
}

/** The prefix that could be purged, where what is searched for looks like one: `/blog/`. */
export function prefixIn(search: string): string | null {
  return /^\/[^?#]+$/.test(search) ? search : null;
}
