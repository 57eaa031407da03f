const style = `
  *{box-sizing:border-box}
  html,body{margin:0;height:100%}
  body{font:20px/1.5 'Noto Sans',sans-serif;color:#1b2430;background:#fff}
  header{padding:24px 60px;background:#14213d;color:#fff;font-weight:700}
  main{padding:30px 60px}
  h1{font-size:52px;line-height:1.15;margin:0 0 16px}
  p{margin:0 0 16px}
  .row{display:flex;gap:24px}
  .box{flex:1;padding:24px;border-radius:16px;background:#fca311;color:#14213d}
  .box:nth-child(2){background:#2a9d8f;color:#fff}
  .box:nth-child(3){background:#e76f51;color:#fff}
  .hero{display:block;width:100%;height:340px;border-radius:16px;object-fit:cover}
`;

interface More {
  readonly head?: string;
  /** Of `<html>`. */
  readonly attributes?: string;
  /** Of `<body>`. */
  readonly body?: string;
}

/** A page in the corpus's own look. */
export function html(content: string, { head = '', attributes = ' lang="en"', body = '' }: More = {}): string {
  return `<!doctype html><html${attributes}><head><meta charset="utf-8"><title>A page</title><style>${style}</style>${head}</head><body${body}>${content}</body></html>`;
}

/** A page that runs a script at the end of its body. */
export function scripted(content: string, script: string, more: More = {}): string {
  return html(`${content}<script>${script}</script>`, more);
}

export const header = '<header>The Daily Corpus</header>';

export const text =
  '<p>The harbour was quiet that morning, and the boats lay side by side as if somebody had counted them. Later, when the wind came up from the south, nobody could say which of them had left first.</p>';

/** Three coloured boxes with a heading each. */
export const boxes = (attributes: readonly string[] = []): string =>
  `<div class="row">${['First', 'Second', 'Third']
    .map((name, n) => `<div class="box" ${attributes[n] ?? attributes[0] ?? ''}><h2>${name}</h2>${text}</div>`)
    .join('')}</div>`;

/** A usual page: header, headline, text, boxes. */
export const article = `${header}<main><h1>What the sea brought back this spring</h1>${text}${boxes()}</main>`;

/** A headline with something below it. */
export const story = (content: string, headline = 'What the sea brought back this spring'): string =>
  `${header}<main><h1>${headline}</h1>${content}</main>`;
