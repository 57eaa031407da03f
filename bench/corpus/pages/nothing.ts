import type { Group } from '../page.ts';
import { article, header, html, scripted, story } from '../parts.ts';

const skeleton =
  '<style>.bone{background:#e5e7eb;border-radius:8px;margin-bottom:20px;height:60px}</style><div id="app"><main><div class="bone" style="width:60%"></div><div class="bone"></div><div class="bone"></div><div class="bone" style="height:220px"></div></main></div>';

/** Pages whose picture is worth nothing, and plain ones that look as if theirs was. */
export const nothing: Group = {
  name: 'nothing',
  pages: [
    { name: 'empty-body', html: '<!doctype html><title>A page</title><body>', empty: 'there is nothing in the body' },
    { name: 'empty-app', html: html('<div id="root"></div>'), empty: 'the app is empty' },
    {
      name: 'app-throws',
      html: html(
        '<div id="root"></div><script>const data = undefined; data.title.toUpperCase(); root.textContent = "never"</script>',
      ),
      empty: 'the app throws before it shows anything',
    },
    {
      name: 'app-rejects',
      html: html(
        '<div id="root"></div><script>(async () => { const answer = await fetch("missing.json"); if (!answer.ok) throw new Error("No data: " + answer.status) })()</script>',
      ),
      empty: 'the app fails before it shows anything',
    },
    {
      name: 'app-script-missing',
      html: html('<div id="root"></div><script src="missing.js"></script>'),
      empty: 'the script of the app is not there',
    },
    {
      name: 'app-throws-in-header',
      html: html(`${header}<div id="root"></div><script>throw new Error('No such field')</script>`),
      differs: 'nothing: the header is all that shows, and a person decides whether that is worth keeping',
    },
    {
      name: 'skeleton-4-s',
      html: html(
        `${header}${skeleton}<script>fetch('words.json?delay=4000').then((a) => a.json()).then(({ title }) => { app.innerHTML = ${JSON.stringify(story('')).replace('What the sea brought back this spring', "' + title + '").replaceAll('"', "'")} })</script>`,
      ),
    },
    {
      name: 'skeleton-for-ever',
      html: html(`${header}${skeleton}<script>fetch('never')</script>`),
      empty: 'its data never came',
    },
    {
      name: 'white-while-hanging',
      html: html('<div id="root"></div><script>fetch("never").then(() => { root.textContent = "never" })</script>'),
      empty: 'its data never came',
    },
    {
      name: 'body-stays-hidden',
      html: html(article, { head: '<style>body{opacity:0}</style>' }),
      empty: 'a script that never came would have shown it',
    },
    { name: 'plain-white-with-a-word', html: html('<p style="margin:40px">A word.</p>') },
    { name: 'plain-colour', html: html('', { head: '<style>body{background:#e76f51}</style>' }) },
    {
      name: 'plain-gradient',
      html: html('', { head: '<style>body{background:linear-gradient(#e76f51,#264653)}</style>' }),
    },
    {
      name: 'small-dot',
      html: html(
        '<div style="position:fixed;inset:0;margin:auto;width:24px;height:24px;border-radius:50%;background:#14213d"></div>',
      ),
    },
    {
      name: 'pale-on-white',
      html: html(story(''), { head: '<style>*{color:#f4f4f4!important;background:#fff!important}</style>' }),
    },
    {
      name: 'console-errors-and-content',
      html: scripted(article, `setTimeout(() => { throw new Error('An ad that failed') }); console.error('so what')`),
    },
    { name: 'broken-images', html: html(story('<img class="hero" src="missing.png" alt="A missing picture">')) },
    {
      name: 'noscript-app',
      html: html(
        `<noscript><h1>This needs scripts</h1></noscript><div id="root"></div><script>root.innerHTML = ${JSON.stringify(article)}</script>`,
      ),
    },
    { name: 'not-found-soft', html: html(story('', '404: this page is not here')) },
  ],
};
