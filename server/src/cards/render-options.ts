import { isWithinLimits, settingLimits } from '../model/setting-limits.ts';
import { type Milliseconds, milliseconds } from '../model/units.ts';
import type { PageTags } from '../origin/tags.ts';
import type { RenderOptions } from '../render/render-options.ts';

/**
 * What a page's tags ask of its drawing (docs/guides/rendering.md); what cannot be read is as if it were not there.
 * @param websiteWidth the width of pages that ask for none, CSS pixels; null: the frame's own.
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

// Seconds: what pages that know better ask for is the end of something that they show.
const delayLimits = { minimum: 0, maximum: 30 };

/** Of seconds, with or without a part of one. */
function delayOf(text: string | undefined): Milliseconds | undefined {
  const given = /^\s*\d{1,2}(\.\d{1,3})?\s*$/.test(text ?? '') ? Number(text) : Number.NaN;
  return isWithinLimits(given, delayLimits) ? milliseconds(Math.round(given * 1000)) : undefined;
}
