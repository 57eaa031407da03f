import { createStaticVNode, type DefineSetupFnComponent, defineComponent, h } from 'vue';
import { templateId } from './template-id.ts';

export interface OgTemplateProps {
  /** The network that the card is for, such as `linkedin`; all networks otherwise. */
  consumer?: string;
}

/**
 * A card of its own: the `<template id="ogplus">` that the service draws in place of the page.
 *
 * The card is drawn from what the server sent, so the browser leaves the template alone. Vue would put what is in a
 * `<template>` in its place, as it does for transitions; it takes static content as it is.
 */
export const OgTemplate: DefineSetupFnComponent<OgTemplateProps> = defineComponent(
  (props: OgTemplateProps, { slots }) =>
    () => {
      const id = templateId(props.consumer);
      if (typeof document === 'undefined') return h('template', { id }, slots['default']?.());
      return createStaticVNode(`<template id="${id.replaceAll('"', '&quot;')}"></template>`, 1);
    },
  { name: 'OgTemplate', props: ['consumer'] },
);
