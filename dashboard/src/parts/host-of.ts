/** An origin as people say it: without `https://`, which nearly all have. */
export function hostOf(origin: string): string {
  return origin.replace(/^https:\/\//, '');
}
