import type { Group, Route } from '../page.ts';
import { article, html, scripted, story } from '../parts.ts';

const goal: Route = { body: html(article) };
const before = '<p style="margin:40px">You are sent on…</p>';

/** Pages that put another one in their own place. */
export const leaving: Group = {
  name: 'leaving',
  pages: [
    {
      name: 'leaves-by-script',
      html: scripted(before, `location.href = 'goal.html'`),
      routes: { 'goal.html': goal },
      rest: html(article),
    },
    {
      name: 'leaves-by-replace',
      html: html(before, { head: `<script>location.replace('goal.html')</script>` }),
      routes: { 'goal.html': goal },
      rest: html(article),
    },
    {
      name: 'leaves-after-300-ms',
      html: scripted(before, `setTimeout(() => { location = 'goal.html' }, 300)`),
      routes: { 'goal.html': goal },
      rest: html(article),
    },
    {
      name: 'leaves-by-meta-refresh',
      html: html(before, { head: '<meta http-equiv="refresh" content="0;url=goal.html">' }),
      routes: { 'goal.html': goal },
      rest: html(article),
    },
    {
      name: 'leaves-by-meta-refresh-1-s',
      html: html(before, { head: '<meta http-equiv="refresh" content="1;url=goal.html">' }),
      routes: { 'goal.html': goal },
      rest: html(article),
    },
    {
      name: 'refreshes-itself-in-30-s',
      html: html(article, { head: '<meta http-equiv="refresh" content="30">' }),
      rest: html(article),
    },
    {
      name: 'leaves-by-form',
      html: scripted('<form id="f" action="goal.html"></form>', 'f.submit()'),
      routes: { 'goal.html': goal },
      rest: html(article),
    },
    {
      name: 'leaves-by-language',
      html: scripted(
        before,
        `if (!location.search) location.search = '?lang=' + navigator.language.slice(0, 2); else document.body.innerHTML = ${JSON.stringify(article)}`,
      ),
    },
    {
      name: 'pushes-history',
      html: scripted(
        '<div id="app"></div>',
        `history.pushState({}, '', './elsewhere'); app.innerHTML = ${JSON.stringify(story('', 'At another address'))}`,
      ),
    },
    {
      name: 'hash-router',
      html: scripted(
        '<div id="app"></div>',
        `addEventListener('hashchange', () => { app.innerHTML = ${JSON.stringify(article)} }); location.hash = '#/home'`,
      ),
      rest: html(`<div id="app">${article}</div>`),
    },
    {
      name: 'reloads-once',
      html: scripted(
        article,
        `if (!sessionStorage.seen) { sessionStorage.seen = 1; location.reload() } else document.body.insertAdjacentHTML('afterbegin', '<h1>Twice</h1>')`,
      ),
    },
    {
      name: 'opens-a-window',
      html: scripted(article, `window.open('goal.html')`),
      routes: { 'goal.html': goal },
      rest: html(article),
    },
    {
      name: 'asks-and-alerts',
      html: scripted(article, `alert('Hello'); confirm('Really?'); prompt('Name?'); onbeforeunload = () => 'no'`),
      rest: html(article),
    },
  ],
};
