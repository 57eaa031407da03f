/** Path and query as an address says them. */
export function partsOf(target: string): { readonly path: string; readonly hasQuery: boolean } {
  const [path = '/'] = target.split('?', 1);
  return { path, hasQuery: target.includes('?') };
}

/** The page's path without slashes around it: `blog/hello`; of the home page, `home`. */
export function fileName(target: string, home = 'index'): string {
  const name = partsOf(target)
    .path.replace(/^\/+|\/+$/g, '')
    .replace(/\.html?$/, '');
  return name === '' ? home : name;
}
