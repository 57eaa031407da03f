import type { PageTags } from '../origin/tags.ts';
import type { Wishes } from '../render/renderer.ts';
import { isWithinLimits, settingLimits } from '../websites/setting-limits.ts';

/**
 * What a page's tags ask of its drawing (SPEC section 3); what cannot be read is as if it were not there.
 * @param websiteWidth the width of pages that ask for none, CSS pixels; null: the frame's own.
 */
export function wishesOf({ viewportWidth, selector, style }: PageTags, websiteWidth: number | null = null): Wishes {
  const width = viewportWidthOf(viewportWidth) ?? websiteWidth ?? undefined;
  const [chosen, css] = [selector?.trim() ?? '', style?.trim() ?? ''];
  return {
    ...(width === undefined ? {} : { viewportWidth: width }),
    ...(chosen === '' ? {} : { selector: chosen }),
    ...(css === '' ? {} : { style: css }),
  };
}

function viewportWidthOf(text: string | undefined): number | undefined {
  const width = /^\s*\d{3,4}\s*$/.test(text ?? '') ? Number(text) : Number.NaN;
  return isWithinLimits(width, settingLimits.viewportWidth) ? width : undefined;
}
