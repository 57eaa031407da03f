import { htmlText as text } from '../../model/html-text.ts';
import type { Website } from '../../model/website.ts';

/** The page that is pasted into a network's composer. Everything in it is known to whoever has the link. */
export function probePage({ origin }: Website, url: string): string {
  const { host } = new URL(origin);
  const title = `Crawler probe of ${host}`;
  const description = 'Paste this address into a post. Its owner sees which networks ask for it, and how.';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${text(title)}</title>
<meta name="description" content="${text(description)}">
<meta name="robots" content="noindex">
<meta property="og:type" content="website">
<meta property="og:title" content="${text(title)}">
<meta property="og:description" content="${text(description)}">
<meta property="og:url" content="${text(url)}">
<meta property="og:image" content="${text(url)}/picture">
<meta property="og:image:alt" content="${text(title)}">
<meta name="twitter:card" content="summary_large_image">
<style>${style}</style></head><body><main><h1>${text(title)}</h1><p>${text(description)}</p></main></body></html>`;
}

/** The document that is drawn as the probe's picture. */
export function probeCard({ origin }: Website): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><style>
html,body{height:100%;margin:0}
body{display:flex;flex-direction:column;justify-content:center;gap:3vw;padding:0 8vw;box-sizing:border-box;color:#fff;
background:linear-gradient(135deg,#0b3d4a,#1c6b80 60%,#2f94a8);font:500 3.2vw/1.3 Inter,system-ui,sans-serif}
b{font-size:6.4vw;line-height:1.1;letter-spacing:-.02em}
i{font-style:normal;align-self:flex-start;padding:.8vw 2vw;border-radius:9vw;background:#ffffff26;font-size:2.4vw}
</style></head><body><i>Crawler probe</i><b>This network reads your cards.</b><span>${text(new URL(origin).host)}</span></body></html>`;
}

const style = `body{margin:0;min-height:100vh;display:grid;place-items:center;font:18px/1.5 system-ui,sans-serif;background:#0b3d4a;color:#fff}
main{max-width:32rem;padding:2rem}h1{font-size:1.6rem;line-height:1.2}`;
