/** `og:plus:viewport:width` as CSS pixels, 320 to 2400 (SPEC section 3); anything else is as if it were not there. */
export function viewportWidthOf(text: string | undefined): number | undefined {
  const width = /^\s*\d{3,4}\s*$/.test(text ?? '') ? Number(text) : Number.NaN;
  return width >= 320 && width <= 2400 ? width : undefined;
}
