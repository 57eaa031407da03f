/** A page of the website, or what keeps it from being one. */
export type Typed = { readonly target: string } | { readonly wrong: 'foreign' | 'spaces' };

/** Path and query of what somebody typed: `blog/hello`, `/blog/hello?a=b`, or the whole address; no fragment. */
export function targetOf(typed: string, origin: string): Typed {
  const trimmed = typed.trim();
  if (/\s/.test(trimmed)) return { wrong: 'spaces' };
  const isWhole = /^https?:\/\//i.test(trimmed);
  const whole = isWhole ? trimmed : `${origin}${trimmed.startsWith('/') ? '' : '/'}${trimmed}`;
  if (!URL.canParse(whole)) return { wrong: 'foreign' };
  const url = new URL(whole);
  if (url.origin !== origin) return { wrong: 'foreign' };
  return { target: url.pathname + url.search };
}
