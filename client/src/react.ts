'use client';
import { createElement, Fragment, type ReactElement, type ReactNode } from 'react';
import type { Tag } from './tags.ts';
import { templateId } from './template-id.ts';

/** The tags of a page. React 19 moves them to `<head>`; with React 18 it stands in `<head>`. */
export function OgTags({ tags }: { readonly tags: readonly Tag[] }): ReactElement {
  return createElement(
    Fragment,
    null,
    tags.map((tag) => createElement('meta', { key: 'property' in tag ? tag.property : tag.name, ...tag })),
  );
}

export interface OgTemplateProps {
  /** The network that the card is for, such as `linkedin`; all networks otherwise. */
  readonly consumer?: string;
  readonly children?: ReactNode;
}

/**
 * A card of its own: the `<template id="ogplus">` that the service draws in place of the page.
 *
 * A browser's parser puts what is in a `<template>` where hydration does not find it, so plain JSX there fails with error
 * 418. The card is drawn from what the server sent, so the browser leaves the template alone.
 */
export function OgTemplate({ consumer, children }: OgTemplateProps): ReactElement {
  const id = templateId(consumer);
  return typeof document === 'undefined'
    ? createElement('template', { id }, children)
    : createElement('template', { id, suppressHydrationWarning: true, dangerouslySetInnerHTML: { __html: '' } });
}
