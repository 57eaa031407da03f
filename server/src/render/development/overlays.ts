/// <reference lib="dom" />
// What development servers and their tools lay over a page, by the names that their own code gives it.
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
 * Those that are there only where a page could not be built, and where in them it says why. (Next.js' is there always, and has
 * in it what scripts reported; a page that it cannot build answers 500.)
 */
const errors = { 'vite-error-overlay': '.message, .file, .frame', 'parcel-error-overlay': '*' } as const;

/** Hides them, from before they are there. Nothing of a page that is published has these names. */
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

/** Gives what the first overlay says that speaks of an error; empty without one. */
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
