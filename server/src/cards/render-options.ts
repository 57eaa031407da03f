import { isWithinLimits, settingLimits } from '../model/setting-limits.ts';
import type { PageTags } from '../origin/tags.ts';
import type { RenderOptions } from '../render/render-options.ts';

/**
 * What a page's tags ask of its drawing (docs/guides/rendering.md); what cannot be read is as if it were not there.
 * @param websiteWidth the width of pages that ask for none, CSS pixels; null: the frame's own.
 */
export function renderOptionsOf(
  { viewportWidth, selector, style }: PageTags,
  websiteWidth: number | null = null,
): RenderOptions {
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
