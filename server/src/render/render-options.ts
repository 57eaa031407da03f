import type { Milliseconds } from '../model/units.ts';

/** The render options in a page's tags (docs/guides/rendering.md). */
export interface RenderOptions {
  /** Layout width in CSS pixels; the picture's size does not change. */
  readonly viewportWidth?: number;
  /** The element or `<template>` to render instead of the whole page. */
  readonly selector?: string;
  /** Inline CSS for the body. */
  readonly style?: string;
  /** How long it runs before it is captured, by its own clock, if it is animated. */
  readonly delay?: Milliseconds;
}
