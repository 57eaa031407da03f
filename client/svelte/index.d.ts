import type { Tag } from '@ogplus/client';
import type { Component } from 'svelte';

/** The tags of a page, in `<svelte:head>`. */
export declare const OgTags: Component<{ tags: readonly Tag[] }>;
