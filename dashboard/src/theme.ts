import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { text } from './text/text.ts';

const sea: MantineColorsTuple = [
  '#eaf6fa',
  '#d6e9f0',
  '#a9d3e1',
  '#7abcd2',
  '#54a9c5',
  '#3c9cbd',
  '#2b8bac',
  '#1f7792',
  '#17677f',
  '#0a566c',
];

/** Greys of one tint, from text to what lies furthest back. */
const dark: MantineColorsTuple = [
  '#c9d1d9',
  '#b4bec8',
  '#8b96a1',
  '#6b7681',
  '#3d464f',
  '#323a42',
  '#262d34',
  '#1d2329',
  '#181d22',
  '#111519',
];

// The list itself scrolls, as what its field controls: a scrolled area around it would have to take the focus.
const listed = {
  defaultProps: { withScrollArea: false },
  styles: { options: { maxHeight: 260, overflowY: 'auto', paddingInlineEnd: 4 } },
} as const;

/** One look for all screens. */
export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  colors: { sea, dark },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", "Noto Sans Mono", Menlo, monospace',
  headings: { fontFamily: '"Inter Variable", system-ui, sans-serif', fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Within a sentence colour alone does not make a link (WCAG 2.2, 1.4.1).
    Anchor: { defaultProps: { underline: 'always' }, styles: { root: { textUnderlineOffset: '0.2em' } } },
    // Its place for the focus is no child that a menu may have (axe: aria-required-children).
    MultiSelect: listed,
    Select: listed,
    TagsInput: listed,
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': text.actions.close } } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': text.actions.close } } },
  },
});

/** The paper of the gallery; and text in grey and red, and white on red, that can be read (WCAG 2.2, 1.4.3). */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fdfcfa',
    '--mantine-color-dimmed': '#5a6470',
    '--mantine-color-placeholder': '#6b7580',
    '--mantine-color-error': '#c92a2a',
  },
  dark: {
    '--mantine-color-body': '#15191d',
    '--mantine-color-dimmed': '#aeb8c2',
    '--mantine-color-placeholder': '#9da7b2',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b02525',
  },
});
