export const install = {
  title: 'Install',
  lead: 'One tag in the head of every page. A network that asks for the picture gets the page itself, drawn.',
  connection: 'Connection address',
  connectionHint:
    'Its card is at this address with the path and query of the page behind it. It is public, and draws this website alone.',
  onlyHere:
    'It works on this machine only: no network can reach it. For others to, the service needs a domain: OGPLUS_URL and OGPLUS_CONNECTION_DOMAIN.',
  framework: 'How is the website made?',
  tags: 'The tag',
  tagsWhy:
    "og:image is the connection address with the page's own path behind it; the others say what networks write beside it.",
  freshness: 'How long a card is good',
  freshnessWhy:
    "The page's own cache headers decide, as they do for a CDN. Without any, the page is fetched and drawn for every request.",
  elsewhere: 'Where headers cannot be set, a tag can say it:',
  defaultMaxAge: 'Neither of them on some pages? A default lifetime keeps their cards.',
  toDefaultMaxAge: 'Set a default lifetime',
  next: 'Is it right?',
  nextWhy: 'Have a page looked at: its tags, and what its headers come to.',
  toCheck: 'Check a page',
  steps: {
    htmlTags:
      'Into the <head>. The path in og:image and og:url is that of the page it stands on; a & in its query is written &amp;.',
    htmlNginx:
      'Web servers send ETag and Last-Modified of files by themselves. With a lifetime, nginx is not even asked.',
    htmlMaxAge: 'Or in the page: seconds, above every header.',
    djangoSettings: 'The connection address, and what gives every template its card.',
    djangoContext:
      'Path and query of the page, behind the connection address. Django encodes them, and the template escapes them.',
    djangoTemplate: 'Into the <head> of the template that all others extend.',
    djangoCacheControl: 'On a view: for an hour the card is kept, and Django hears nothing.',
    djangoConditional:
      'Computes an ETag, and answers 304 while the page is the same: then nothing is drawn. A page whose HTML differs each time, with a CSRF token perhaps, gets another ETag each time.',
    railsHelper: 'Path and query as they were asked for, behind the connection address.',
    railsLayout: 'Into the <head>. tag.meta escapes what it is given.',
    railsExpires:
      'By itself Rails sends private: then every card is drawn for every request, and none is kept. With public and a time, it is kept.',
    railsFresh:
      "With the record's own ETag and Last-Modified: Rails answers 304 until it changes, and nothing is drawn.",
    nextCard:
      "Next.js joins metadata of layouts and pages at the top level only, so all of a page's stands in one place.",
    nextPage:
      'Each page names its own path. Where the query chooses what is shown, it belongs to the path: await searchParams.',
    nextRevalidate:
      'The page is made anew once an hour, and its card with it. A static page without it is good for a year: purge it when you deploy.',
    nextDynamic:
      'Pages that Next.js renders for each request send no-store. For those that are the same for everybody, this stands above it, for every CDN that reads it.',
    astroComponent: 'Path and query of the page, behind the connection address; Astro escapes attributes.',
    astroLayout: 'Into the <head> of your layout.',
    astroOnDemand: 'For pages that are rendered on demand, in their frontmatter.',
    astroHeaders: 'For static pages the host sends the headers; Netlify and Cloudflare read them from this file.',
    laravelConfig: 'The connection address, which the environment may replace.',
    laravelComponent: 'Path and query as they were asked for, behind the connection address; Blade escapes them.',
    laravelLayout: 'Into the <head> of your layout.',
    laravelRoutes:
      'By itself Laravel sends private: then every card is drawn for every request, and none is kept. With etag it answers 304 while the HTML is the same; a CSRF token in it makes it differ.',
    wordpressPlugin: 'A file in mu-plugins works as soon as it is there. Nothing has to be switched on.',
    wordpressFreshness:
      'Behind it in the same file. A card is good for a day; when the post is saved, a new one is drawn within a minute of the next request. Comments do not count.',
    hugoConfig: 'The connection address.',
    hugoPartial:
      'The path of the page, behind the connection address. In Hugo before 0.146 the folder is layouts/partials.',
    hugoBase: 'Into the <head> of your base template.',
    hugoVersion:
      "At the end of the same file. The page's last change is its version: another one is drawn within a minute of the next request.",
    hugoHeaders: 'Or as headers of the host; Netlify and Cloudflare read them from this file.',
  },
};
