import type { Group } from '../page.ts';
import { article, html, scripted, story } from '../parts.ts';

const rest = html(article);
const below = (content: string) => `${article}<div style="height:6000px"></div>${content}`;

/** One request that never ends, beside a page that is whole without it. */
export const hanging: Group = {
  name: 'hanging',
  pages: [
    {
      name: 'hanging-pixel-below',
      html: html(below('<img src="{elsewhere}/never" width="1" height="1" alt="">')),
      rest,
    },
    {
      name: 'hanging-pixel-invisible',
      html: html(`${article}<img src="{elsewhere}/never" style="display:none" alt="">`),
      rest,
    },
    { name: 'hanging-pixel-by-script', html: scripted(article, `new Image().src = '{elsewhere}/never'`), rest },
    {
      name: 'hanging-async-script',
      html: html(article, { head: '<script async src="{elsewhere}/never"></script>' }),
      rest,
    },
    {
      name: 'hanging-script-added',
      html: scripted(
        article,
        `const tag = document.createElement('script'); tag.src = '{elsewhere}/never'; document.head.append(tag)`,
      ),
      rest,
    },
    { name: 'hanging-script-at-end', html: html(`${article}<script src="{elsewhere}/never"></script>`), rest },
    { name: 'hanging-ad-iframe', html: html(below('<iframe src="{elsewhere}/never"></iframe>')), rest },
    {
      name: 'hanging-ad-iframe-in-view',
      html: html(
        `${article}<iframe src="{elsewhere}/never" style="position:fixed;right:0;bottom:0;width:160px;height:120px;border:0"></iframe>`,
      ),
      rest,
    },
    {
      name: 'hanging-font',
      html: html(article, {
        head: '<style>@font-face{font-family:late;src:url({elsewhere}/never);font-display:swap}h1{font-family:late,"Noto Sans"}</style>',
      }),
      rest,
    },
    {
      name: 'hanging-font-block',
      html: html(article, {
        head: '<style>@font-face{font-family:late;src:url({elsewhere}/never)}h1{font-family:late,"Noto Sans"}</style>',
      }),
      rest,
    },
    { name: 'hanging-fetch', html: scripted(article, `fetch('never')`), rest },
    {
      name: 'hanging-beacon',
      html: scripted(article, `navigator.sendBeacon('never', 'x'); fetch('never?2', { keepalive: true })`),
      rest,
    },
    {
      name: 'hanging-long-poll',
      html: scripted(
        article,
        `const poll = () => { const stop = new AbortController(); setTimeout(() => { stop.abort(); poll() }, 3000); fetch('never', { signal: stop.signal }).catch(() => {}) }; poll()`,
      ),
      rest,
    },
    { name: 'hanging-event-source', html: scripted(article, `new EventSource('never')`), rest },
    {
      name: 'hanging-stylesheet-print',
      html: html(article, { head: '<link rel="stylesheet" media="print" href="{elsewhere}/never">' }),
      rest,
    },
    {
      name: 'hanging-preload',
      html: html(article, {
        head: '<link rel="preload" as="image" href="{elsewhere}/never"><link rel="prefetch" href="{elsewhere}/never?2">',
      }),
      rest,
    },
    { name: 'hanging-favicon', html: html(article, { head: '<link rel="icon" href="{elsewhere}/never">' }), rest },
    { name: 'hanging-video', html: html(below('<video src="{elsewhere}/never" autoplay muted></video>')), rest },
    {
      name: 'hanging-video-poster',
      html: html(story('<video class="hero" src="{elsewhere}/never" poster="photo.svg?n=2"></video>')),
      rest: html(story('<img class="hero" src="photo.svg?n=2" alt="">')),
    },
    {
      name: 'hanging-small-image-in-view',
      html: html(
        `${article}<img src="{elsewhere}/never" alt="" style="position:fixed;right:8px;bottom:8px;width:48px;height:48px">`,
      ),
      rest,
    },
    {
      name: 'hanging-background-below',
      html: html(below('<div style="height:300px;background:url({elsewhere}/never)"></div>')),
      rest,
    },
    {
      name: 'hanging-all-trackers',
      html: html(
        `${article}<img src="{elsewhere}/never?1" width="1" height="1" alt=""><iframe src="{elsewhere}/never?2" hidden></iframe><script async src="{elsewhere}/never?3"></script><script>fetch('{elsewhere}/never?4'); navigator.sendBeacon('never')</script>`,
      ),
      rest,
    },
  ],
};
