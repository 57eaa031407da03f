import { isWithinLimits, settingLimits } from '../model/setting-limits.ts';
import { type Milliseconds, milliseconds } from '../model/units.ts';
import type { PageTags } from '../origin/tags.ts';
import type { RenderOptions } from '../render/render-options.ts';

/**
 * The render options in a page's tags (docs/guides/rendering.md); invalid ones are ignored.
 * @param websiteWidth layout width of pages without the tag, in CSS pixels; null: the picture spec's own.
 */
export function renderOptionsOf(
  { viewportWidth, selector, style, delay }: PageTags,
  websiteWidth: number | null = null,
): RenderOptions {
  const width = viewportWidthOf(viewportWidth) ?? websiteWidth ?? undefined;
  const lived = delayOf(delay);
  const [chosen, css] = [selector?.trim() ?? '', style?.trim() ?? ''];
  return {
    ...(width === undefined ? {} : { viewportWidth: width }),
    ...(chosen === '' ? {} : { selector: chosen }),
    ...(css === '' ? {} : { style: css }),
    ...(lived === undefined ? {} : { delay: lived }),
  };
}

function viewportWidthOf(text: string | undefined): number | undefined {
  const width = /^\s*\d{3,4}\s*$/.test(text ?? '') ? Number(text) : Number.NaN;
  return isWithinLimits(width, settingLimits.viewportWidth) ? width : undefined;
}

// Seconds. Pages ask for a delay when they know that what they show takes that long.
const delayLimits = { minimum: 0, maximum: 30 };

/** Seconds, with or without a fraction. */
function delayOf(text: string | undefined): Milliseconds | undefined {
  const given = /^\s*\d{1,2}(\.\d{1,3})?\s*$/.test(text ?? '') ? Number(text) : Number.NaN;
  return isWithinLimits(given, delayLimits) ? milliseconds(Math.round(given * 1000)) : undefined;
}
