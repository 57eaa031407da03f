import type { Milliseconds } from '../model/units.ts';

/** What the page's tags ask of its drawing (docs/guides/rendering.md). */
export interface RenderOptions {
  /** CSS pixels the page is laid out at; the picture's size stays the frame's. */
  readonly viewportWidth?: number;
  /** The element, or the `<template>`, that is drawn instead of the whole page. */
  readonly selector?: string;
  /** Inline CSS for the body. */
  readonly style?: string;
  /** What it lives before it is drawn, by its own clock, where it moves. */
  readonly delay?: Milliseconds;
}
