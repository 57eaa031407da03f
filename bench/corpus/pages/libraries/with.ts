import { html } from '../../parts.ts';

/** What a page takes from packages, by `package/path`. */
export interface Uses {
  readonly css?: readonly string[];
  readonly js?: readonly string[];
  /** Run as a module, in place of a script. */
  readonly isModule?: boolean;
  readonly head?: string;
  /** Of `<html>` and `<body>`. */
  readonly attributes?: string;
  readonly body?: string;
}

/** A page that loads files of packages, then runs its script. */
export function using({ css = [], js = [], isModule, head = '', ...more }: Uses, content: string, script = ''): string {
  const links = css.map((path) => `<link rel="stylesheet" href="npm/${path}">`).join('');
  const scripts = js.map((path) => `<script src="npm/${path}"></script>`).join('');
  const own = script === '' ? '' : `<script${isModule ? ' type="module"' : ''}>${script}</script>`;
  return html(`${content}${scripts}${own}`, { head: `${links}${head}`, ...more });
}

/** A box that a library draws in, as large as there is room. */
export const stage =
  '<main><h1>Figures of the year</h1><div id="stage" style="height:430px;position:relative"></div></main>';

/** The same for a library that wants a canvas. */
export const canvas =
  '<main><h1>Figures of the year</h1><div style="height:430px;position:relative"><canvas id="stage"></canvas></div></main>';
