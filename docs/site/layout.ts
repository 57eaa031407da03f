import type { Section } from './contents.ts';
import { escapeHtml } from './escape-html.ts';
import type { Rendered } from './markdown.ts';

export interface Neighbour {
  readonly path: string;
  readonly label: string;
}

export interface PageParts {
  readonly rendered: Rendered;
  readonly path: string;
  readonly base: string;
  readonly version: string;
  readonly sections: readonly Section[];
  readonly labelOf: (path: string) => string;
  readonly previous?: Neighbour | undefined;
  readonly next?: Neighbour | undefined;
  /** The page's own Markdown; undefined for pages without a source. */
  readonly raw: string | undefined;
  /** Content hash for the addresses of the assets. */
  readonly assets: string;
}

/** A page's whole document. It runs no inline script or style: the service's content security policy allows none. */
export function pageDocument(parts: PageParts): string {
  const { rendered, path, base, assets } = parts;
  const title = path === '' ? 'OpenGraph+' : `${rendered.title} · OpenGraph+`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(shortened(rendered.description))}">
<link rel="icon" href="${base}assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${base}assets/site.css?v=${assets}">
<script src="${base}assets/theme.js?v=${assets}"></script>
<script type="module" src="${base}assets/site.js?v=${assets}"></script>
${parts.raw === undefined ? '' : `<link rel="alternate" type="text/markdown" href="${base}${parts.raw}">`}
</head>
<body data-base="${base}" data-version="${assets}">
<a class="skip" href="#content">Skip to the text</a>
<header class="top">
<button class="menu" type="button" aria-expanded="false" aria-controls="navigation">Menu</button>
<a class="brand" href="${base}"><img src="${base}assets/icon.svg" alt="" width="28" height="28">OpenGraph+<span>${escapeHtml(parts.version)}</span></a>
<div class="search" role="search">
<input type="search" placeholder="Search" aria-label="Search the documentation" autocomplete="off" role="combobox" aria-expanded="false" aria-controls="results" aria-autocomplete="list">
<kbd aria-hidden="true">/</kbd>
<ul id="results" role="listbox" aria-label="Results" hidden></ul>
</div>
<button class="theme" type="button" aria-label="Switch between light and dark">◐</button>
</header>
<div class="columns">
<nav id="navigation" class="navigation" aria-label="Pages">${navigation(parts)}</nav>
<main id="content" tabindex="-1">
<article>
${rendered.html}
</article>
<footer>
${between(parts)}
${parts.raw === undefined ? '' : `<p class="raw"><a href="${base}${parts.raw}">This page as Markdown</a></p>`}
</footer>
</main>
${outline(rendered)}
</div>
</body>
</html>
`;
}

function navigation({ sections, path, base, labelOf }: PageParts): string {
  const item = (to: string) => {
    const here = to === path ? ' aria-current="page"' : '';
    return `<li><a href="${addressOf(base, to)}"${here}>${escapeHtml(labelOf(to))}</a></li>`;
  };
  return sections
    .map(
      ({ title, entries }) =>
        `<h2>${escapeHtml(title)}</h2><ul>${entries.map((entry) => item(entry.path)).join('')}</ul>`,
    )
    .join('\n');
}

function between({ previous, next, base }: PageParts): string {
  const link = (kind: string, word: string, to: Neighbour | undefined) =>
    to === undefined
      ? ''
      : `<a class="${kind}" href="${addressOf(base, to.path)}"><span>${word}</span>${escapeHtml(to.label)}</a>`;
  return `<nav class="between" aria-label="Neighbouring pages">${link('previous', 'Previous', previous)}${link('next', 'Next', next)}</nav>`;
}

function outline({ headings }: Rendered): string {
  const shown = headings.filter(({ level }) => level === 2 || level === 3);
  if (shown.length < 2) return '';
  const items = shown.map(
    ({ level, id, text }) => `<li class="level-${level}"><a href="#${id}">${escapeHtml(text)}</a></li>`,
  );
  return `<aside class="outline" aria-label="On this page"><h2>On this page</h2><ul>${items.join('')}</ul></aside>`;
}

/** Every page is a folder with an `index.html`, which all servers of static files know. */
export function addressOf(base: string, path: string): string {
  return path === '' ? base : `${base}${path}/`;
}

function shortened(text: string): string {
  const most = 160;
  return text.length <= most ? text : `${text.slice(0, text.lastIndexOf(' ', most))}…`;
}
