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

/** One look for all screens. */
export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  colors: { sea },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", "Noto Sans Mono", Menlo, monospace',
  headings: { fontFamily: '"Inter Variable", system-ui, sans-serif', fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Within a sentence colour alone does not make a link (WCAG 2.2, 1.4.1).
    Anchor: { defaultProps: { underline: 'always' }, styles: { root: { textUnderlineOffset: '0.2em' } } },
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
    '--mantine-color-dimmed': '#a3adb8',
    '--mantine-color-placeholder': '#98a2ad',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-red-filled': '#c92a2a',
    '--mantine-color-red-filled-hover': '#b02525',
  },
});
