/** The address of a kept picture made small. @param width in device pixels. */
export function thumbnailOf(href: string, width: number): string {
  const [address = '', fragment] = href.split('#', 2);
  const small = `${address}${address.includes('?') ? '&' : '?'}width=${width}`;
  return fragment === undefined ? small : `${small}#${fragment}`;
}
