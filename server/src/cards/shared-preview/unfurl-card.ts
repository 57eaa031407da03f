import { htmlText } from '../../model/html-text.ts';
import { networkFrames } from '../../model/networks/network-frames.ts';

export interface UnfurlFacts {
  readonly title: string;
  /** The page's host, without `www.`. */
  readonly domain: string;
  /** `data:` address of its card; undefined where there is none. */
  readonly picture: string | undefined;
}

/** The document that is drawn as the picture of the link itself. Its sizes follow the frame: networks have frames of their own. */
export function unfurlCard({ title, domain, picture }: UnfurlFacts): string {
  const shown = picture === undefined ? '' : `<div class="card"><img src="${picture}" alt=""></div>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><style>${style}</style></head>
<body><div class="words"><i>Shared preview</i><b>${htmlText(title)}</b><span>${htmlText(domain)}</span>
<p>As X, Facebook, LinkedIn, Slack, Discord and ${networkFrames.length - 5} more show it</p></div>${shown}</body></html>`;
}

const style = `
html,body{height:100%;margin:0}
body{display:flex;align-items:center;gap:4vmax;padding:0 0 0 5vmax;box-sizing:border-box;overflow:hidden;color:#fff;
background:radial-gradient(60% 90% at 92% 4%,#ff9a7673,transparent 70%),linear-gradient(135deg,#082f3a,#0f4a5b 55%,#17677f);
font:500 1.75vmax/1.4 Inter,system-ui,sans-serif}
.words{flex:0 0 36%;display:flex;flex-direction:column;align-items:flex-start;gap:1.5vmax;min-width:0}
i{font-style:normal;padding:.5vmax 1.4vmax;border-radius:9vmax;background:#ffffff24;font-size:1.5vmax;font-weight:600}
b{font-size:4vmax;font-weight:720;line-height:1.1;letter-spacing:-.025em;display:-webkit-box;-webkit-box-orient:vertical;
-webkit-line-clamp:4;overflow:hidden;overflow-wrap:anywhere;padding-bottom:.06em}
span{color:#ffd3c2;font-weight:600;font-size:1.9vmax;overflow-wrap:anywhere}
p{margin:0;color:#d5e7ec}
.card{position:relative;z-index:0;flex:0 0 62%;transform:rotate(-3deg)}
.card::before,.card::after{content:"";position:absolute;inset:0;z-index:-1;border-radius:1.6vmax;background:#ffffff26}
.card::before{transform:rotate(4deg) translate(-1vmax,1.4vmax)}
.card::after{transform:rotate(8deg) translate(-1.6vmax,2.4vmax);opacity:.6}
img{display:block;width:100%;border-radius:1.6vmax;box-shadow:0 2.4vmax 5vmax -1vmax #02121899,0 0 0 1px #ffffff40}
@media (orientation:portrait){body{flex-direction:column;justify-content:center;padding:0 5vmax}.words{flex:none}.card{flex:none;width:88vw}}`;
