import type { Group } from '../page.ts';
import { article, boxes, header, html, scripted, story, text } from '../parts.ts';

const tag = (name: string, content: string) => `<meta property="og:plus:${name}" content="${content}">`;
const card =
  '<div style="height:100%;background:#264653;color:#fff;display:grid;place-items:center;font-size:90px">A card</div>';
const cardAlone = (head = '') =>
  html(card, { head: `<style>html,body{margin:0;width:100%;height:100%}</style>${head}` });

/** Documents that are not quite as a parser would like them, and what pages say to us. */
export const documents: Group = {
  name: 'documents',
  pages: [
    {
      name: 'quirks-mode',
      html: `<html><body bgcolor="#fde"><table height="100%" width="100%"><tr><td align="center"><font size="7">Quirks</font></td></tr></table></body></html>`,
    },
    { name: 'no-html-tag', html: `<title>t</title><h1>No html, no head, no body</h1>${text}` },
    { name: 'text-only', html: 'Nothing but a line of text.' },
    {
      name: 'xhtml',
      type: 'application/xhtml+xml; charset=utf-8',
      html: `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title><style>body{background:#def}</style></head><body><h1>XHTML</h1><p>Well formed.<br/>Really.</p></body></html>`,
    },
    {
      name: 'frameset',
      html: '<html><head><title>t</title></head><frameset cols="30%,*"><frame src="left.html"><frame src="right.html"></frameset></html>',
      routes: {
        'left.html': { body: '<body bgcolor="#fca311"><h1>Left' },
        'right.html': { body: html(article), delay: 200 },
      },
    },
    {
      name: 'base-href',
      html: html(story('<img class="hero" src="photo.svg?n=5" alt="">'), { head: '<base href="sub/../">' }),
    },
    { name: 'comment-before-doctype', html: `<!-- built at noon -->${html(article)}` },
    {
      name: 'unclosed-everything',
      html: `<!doctype html><html><head><title>t<body></title><style>b{color:red}</style><div><p>One<p>Two<b>Bold<table><tr><td>Cell`,
    },
    {
      name: 'csp-strict',
      html: html(article, { head: `<script>document.write('no')</script>` }),
      headers: { 'Content-Security-Policy': "default-src 'self'; style-src 'unsafe-inline'; script-src 'none'" },
    },
    { name: 'csp-sandbox', html: html(article), headers: { 'Content-Security-Policy': 'sandbox' } },
    {
      name: 'trusted-types',
      html: scripted(
        article,
        `try { document.body.innerHTML = 'x' } catch { document.querySelector('h1').textContent = 'Refused' }`,
      ),
      headers: { 'Content-Security-Policy': "require-trusted-types-for 'script'" },
    },
    {
      name: 'framebuster',
      html: scripted(article, 'if (top !== self) top.location = self.location'),
      headers: { 'X-Frame-Options': 'DENY' },
    },
    {
      name: 'service-worker',
      html: scripted(article, `navigator.serviceWorker.register('sw.js')`),
      routes: { 'sw.js': { body: `onfetch = () => {}`, type: 'text/javascript' } },
    },
    {
      name: 'storage',
      html: scripted(
        '<h1 id="n"></h1>',
        `localStorage.n = (+localStorage.n || 0) + 1; document.cookie = 'a=b'; n.textContent = localStorage.n + ' ' + document.cookie; indexedDB.open('x')`,
      ),
    },
    {
      name: 'no-webgl-fallback',
      html: scripted(
        '<h1 id="t" style="font-size:90px;margin:60px">…</h1>',
        `const gl = document.createElement('canvas').getContext('webgl'); t.textContent = gl ? 'Drawn by WebGL' : 'Without WebGL'`,
      ),
      differs: 'the browser of the cards may have WebGL or not',
    },
    {
      name: 'link-early-style',
      html: html(article),
      headers: { Link: '<extra.css>; rel=stylesheet; rel=preload; as=style' },
      routes: { 'extra.css': { body: 'body{background:#fef3c7}', type: 'text/css' } },
    },
    {
      name: 'import-chain',
      html: html(article, { head: '<link rel="stylesheet" href="a.css">' }),
      routes: {
        'a.css': { body: '@import "b.css";body{color:#264653}', type: 'text/css', delay: 100 },
        'b.css': { body: '@import "c.css";header{background:#e76f51}', type: 'text/css', delay: 100 },
        'c.css': {
          body: 'body{background:#fef3c7 url(photo.svg?n=9) bottom/100% 200px no-repeat}',
          type: 'text/css',
          delay: 100,
        },
      },
    },
    {
      name: 'style-by-attribute',
      html: html(article, {
        head: '<style>[data-ogplus] header{display:none}[data-ogplus] body{background:#fef3c7}</style>',
      }),
    },
    {
      name: 'script-by-attribute',
      html: scripted(
        article,
        `if ('ogplus' in document.documentElement.dataset) document.querySelector('h1').textContent = 'For a card'`,
      ),
    },
    {
      name: 'template-card',
      html: html(`${article}<template id="ogplus">${card}</template>`),
      differs: 'it has a card of its own',
      rest: cardAlone(),
    },
    {
      name: 'template-empty',
      html: html(`${article}<template id="ogplus"> </template>`),
      empty: 'the template of the card is empty',
      differs: 'the card has a template of its own, with nothing in it',
    },
    {
      name: 'selector-card',
      html: html(
        `${header}<main>${text}<div id="it" style="width:600px;height:315px;background:#2a9d8f;color:#fff;font-size:60px">Only this</div></main>`,
        { head: tag('selector', '#it') },
      ),
      differs: 'one element of it is drawn',
    },
    {
      name: 'selector-under-sticky-bars',
      html: html(
        `<div style="position:sticky;top:0;z-index:9">${header}</div><main>${text.repeat(8)}<div id="it" style="width:600px;height:900px;background:linear-gradient(#2a9d8f,#264653);color:#fff;font-size:60px">Only this</div></main><div style="position:fixed;inset:auto 0 0;background:#222;color:#fff;padding:30px">Cookies?</div>`,
        { head: tag('selector', '#it') },
      ),
      differs: 'one element of it is drawn, without the bars over it',
    },
    {
      name: 'viewport-width',
      html: html(article, { head: tag('viewport:width', '800') }),
      differs: 'it is laid out 800 pixels wide',
    },
    {
      name: 'style-of-body',
      html: html(article, { head: tag('style', 'background:#fde;zoom:1.2') }),
      differs: 'the body has a style for cards',
      rest: html(article, { body: ' style="background:#fde;zoom:1.2"' }),
    },
    {
      name: 'chat-bubble',
      html: scripted(
        article,
        `setTimeout(() => { const chat = document.createElement('div'); chat.style.cssText = 'position:fixed;right:24px;bottom:24px;width:90px;height:90px;border-radius:50%;background:#0a7cff;color:#fff;font-size:50px;text-align:center;line-height:84px;box-shadow:0 8px 24px #0006'; chat.textContent = '💬'; document.body.append(chat) }, 600)`,
      ),
    },
    {
      name: 'chat-in-iframe',
      html: scripted(
        article,
        `setTimeout(() => { document.body.insertAdjacentHTML('beforeend', '<iframe src="{elsewhere}/chat.html" style="position:fixed;right:20px;bottom:20px;width:320px;height:380px;border:0;border-radius:16px;box-shadow:0 8px 24px #0006"></iframe>') }, 300)`,
      ),
      routes: {
        'chat.html': {
          body: html(`<header>Chat</header><main style="padding:16px"><p>Hello! How can we help?</p></main>`),
          delay: 250,
        },
      },
    },
    {
      name: 'cookie-banner-slides-in',
      html: scripted(
        `${article}<div id="c" style="position:fixed;inset:auto 0 0;padding:30px;background:#222;color:#fff;transform:translateY(100%);transition:transform .5s">We use cookies <button>Accept</button> <button>Decline</button></div>`,
        `setTimeout(() => { c.style.transform = 'none' }, 500)`,
      ),
    },
    {
      name: 'consent-wall',
      html: scripted(
        `${article}<div style="position:fixed;inset:0;background:#000c;display:grid;place-items:center"><div style="background:#fff;padding:50px;width:700px"><h1>Before you go on</h1>${text}<button>Accept all</button></div></div>`,
        `document.body.style.overflow = 'hidden'`,
      ),
    },
    {
      name: 'print-like-letter',
      html: html(`<main style="max-width:800px;margin:auto;font-family:serif">${text.repeat(5)}</main>`),
    },
    {
      name: 'large-inline-data',
      html: html(
        `${article}<script type="application/json">${JSON.stringify(Array.from({ length: 40_000 }, (_, n) => ({ n })))}</script>`,
      ),
    },
    { name: 'boxes-in-a-row', html: html(`${header}<main>${boxes()}${boxes()}</main>`) },
  ],
};
