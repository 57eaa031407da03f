import type { Tag } from '@ogplus/client';

/** The tags of a page, for `<head>`. */
export declare const OgTags: (props: { tags: readonly Tag[] }) => unknown;
