import type { PageTags } from '../origin/tags.ts';
import type { Wishes } from '../render/renderer.ts';

/** What a page's tags ask of its drawing (SPEC section 3); what cannot be read is as if it were not there. */
export function wishesOf({ viewportWidth, selector, style }: PageTags): Wishes {
  const width = viewportWidthOf(viewportWidth);
  const [chosen, css] = [selector?.trim() ?? '', style?.trim() ?? ''];
  return {
    ...(width === undefined ? {} : { viewportWidth: width }),
    ...(chosen === '' ? {} : { selector: chosen }),
    ...(css === '' ? {} : { style: css }),
  };
}

/** CSS pixels, 320 to 2400. */
function viewportWidthOf(text: string | undefined): number | undefined {
  const width = /^\s*\d{3,4}\s*$/.test(text ?? '') ? Number(text) : Number.NaN;
  return width >= 320 && width <= 2400 ? width : undefined;
}
