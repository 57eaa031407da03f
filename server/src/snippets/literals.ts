/** Text in HTML, in an attribute or outside. */
export function htmlText(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (one) => entities[one] ?? one);
}

/** A string of JavaScript. `</` is written so that it ends no `<script>`. */
export function jsString(text: string): string {
  return `'${text
    .replace(/[\\']/g, (one) => `\\${one}`)
    .replaceAll('\n', '\\n')
    .replaceAll('</', '<\\/')}'`;
}

/** A string of PHP, in which nothing but `\` and `'` means anything. */
export function phpString(text: string): string {
  return `'${text.replace(/[\\']/g, (one) => `\\${one}`)}'`;
}

/** A string of Ruby in an ERB template, which `%>` would end. */
export function rubyString(text: string): string {
  return `"${text
    .replace(/[\\"#]/g, (one) => `\\${one}`)
    .replaceAll('\n', '\\n')
    .replaceAll('%>', '%\\>')}"`;
}

/** A basic string of TOML (TOML 1.0, "String"). */
export function tomlString(text: string): string {
  return `"${text.replace(/[\\"]/g, (one) => `\\${one}`).replaceAll('\n', '\\n')}"`;
}

/** Text in a Django template, in an attribute. */
export function djangoText(text: string): string {
  const tags: Readonly<Record<string, string>> = {
    '{{': 'openvariable',
    '}}': 'closevariable',
    '{%': 'openblock',
    '%}': 'closeblock',
    '{#': 'opencomment',
    '#}': 'closecomment',
  };
  return htmlText(text).replace(/\{\{|\}\}|\{%|%\}|\{#|#\}/g, (one) => `{% templatetag ${tags[one]} %}`);
}
