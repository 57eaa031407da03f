/// <reference lib="dom" />
// What development servers and their tools show over a page, by their own class and element names.
const tools = [
  'nextjs-portal', // Next.js: badge, error dialog
  'astro-dev-toolbar',
  '#nuxt-devtools-container',
  'nuxt-devtools-frame',
  'nuxt-devtools-inspect-panel',
  '#vue-tracer-overlay',
  '#__vue-devtools-container__',
  '#svelte-inspector-host',
  '.tsqd-parent-container', // TanStack Query
  '.TanStackRouterDevtools',
  'gatsby-fast-refresh',
  '#djDebug', // Django Debug Toolbar
  '.phpdebugbar', // Laravel
  '.sf-toolbar', // Symfony
  '.profiler-results', // rack-mini-profiler
];

/**
 * Overlays that appear only when a page could not be built, and the parts with the message. (Next.js's is always there, and
 * shows what scripts reported; a page that it cannot build has status 500.)
 */
const errors = { 'vite-error-overlay': '.message, .file, .frame', 'parcel-error-overlay': '*' } as const;

/** Hides them before they appear. Published pages do not have these names. */
export const hideOverlaysScript = `(${(
  (style: string) => {
    if (window !== window.top) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets.push(sheet);
  }
).toString()})(${JSON.stringify(
  `${[...tools, ...Object.keys(errors), '#webpack-dev-server-client-overlay'].join()} { display: none !important }`,
)})`;

/** Returns the message of the first error overlay; empty without one. */
export const readOverlayScript = `(${(
  (overlays: Record<string, string>) => {
    for (const [name, parts] of Object.entries(overlays)) {
      const root = document.querySelector(name)?.shadowRoot;
      const found = root == null ? [] : [...root.querySelectorAll(parts)];
      const text = [...new Set(found.map((part) => (part.textContent ?? '').trim()))].filter((part) => part !== '');
      if (text.length > 0) return text.join('\n');
    }
    return '';
  }
).toString()})(${JSON.stringify(errors)})`;
