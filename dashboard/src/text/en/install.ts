export const install = {
  title: 'Install',
  lead: 'Put one tag in the head of every page. Networks that request it get a picture of the page itself.',
  connection: 'Connection address',
  connectionHint:
    "Append a page's path and query to this address to get its card. The address is public and draws only this website.",
  onlyHere:
    'It works only on this machine: networks cannot reach it. To make it public, set OGPLUS_URL and OGPLUS_CONNECTION_DOMAIN.',
  framework: 'Choose your framework',
  tags: 'The tag',
  tagsWhy:
    "og:image is the connection address followed by the page's path. The other tags are the text that networks show with it.",
  freshness: 'How long a card is kept',
  freshnessWhy:
    "The page's own cache headers decide, as for a CDN. A page without any is fetched and drawn for every request.",
  elsewhere: 'If you cannot set headers, use a tag:',
  defaultMaxAge: 'For pages that have neither, set a default lifetime.',
  toDefaultMaxAge: 'Set a default lifetime',
  next: 'Check your work',
  nextWhy: 'See whether the tags of a page are right and how long its card is kept.',
  toCheck: 'Check a page',
  steps: {
    htmlTags:
      'Add this to the <head>. Use the path of the page itself in og:image and og:url, and write & in a query as &amp;.',
    htmlNginx:
      'For files, web servers send ETag and Last-Modified by themselves. With a lifetime, nginx gets no requests until it is over.',
    htmlMaxAge: 'Or in the page, in seconds. It overrides every header.',
    djangoSettings: 'The connection address, and the context processor that gives every template its card.',
    djangoContext:
      'The connection address followed by path and query of the page. Django encodes them, and the template escapes them.',
    djangoTemplate: 'Add this to the <head> of your base template.',
    djangoCacheControl: 'On a view: the card is kept for an hour, and Django gets no requests.',
    djangoConditional:
      'This computes an ETag and answers 304 while the page is unchanged, so nothing is drawn. A page whose HTML differs each time, for example because of a CSRF token, gets a new ETag each time.',
    railsHelper: 'The connection address followed by path and query of the request.',
    railsLayout: 'Add this to the <head>. tag.meta escapes its values.',
    railsExpires: 'By default Rails sends private, so cards are never kept. With public and a lifetime, they are.',
    railsFresh: "Uses the record's ETag and Last-Modified: Rails answers 304 until it changes, and nothing is drawn.",
    nextInstall: 'Install the client. Until it is on npm, its README says how to pack it.',
    nextLib: 'The client, with the connection address.',
    nextPage:
      'Each page passes its own path. If the query changes what the page shows, add the query to the path, and query: "keep" to the options.',
    nextRevalidate:
      'The page and its card are renewed once an hour. Without this, a static page is kept for a year: purge it when you deploy.',
    nextDynamic:
      'Pages rendered for each request send no-store. If a page is the same for everybody, this header overrides no-store for CDNs and for OpenGraph+.',
    nuxtInstall: 'Install the client. Until it is on npm, its README says how to pack it.',
    nuxtComposable: 'The client, with the connection address. Nuxt finds composables by itself.',
    nuxtPage: 'Each page needs one line.',
    nuxtRules: 'Route rules. With swr, Nitro keeps the page as well.',
    svelteInstall: 'Install the client. Until it is on npm, its README says how to pack it.',
    svelteLib: 'The client, with the connection address.',
    svelteLoad: 'The load function creates the tags on the server.',
    sveltePage: 'The page writes them into its <head>.',
    svelteHeaders: 'In the load function.',
    svelteHook: 'Or in a hook, for pages that browsers must not cache: browsers ignore this header.',
    astroInstall: 'Install the client. Until it is on npm, its README says how to pack it.',
    astroConfig: "The site's own address, which og:url begins with.",
    astroLib: 'The client, with the connection address.',
    astroLayout: 'In the layout of all pages. OgTags writes the tags.',
    astroOnDemand: 'In the frontmatter of pages rendered on demand.',
    astroHeaders: 'For static pages, the host sends the headers. Netlify and Cloudflare read them from this file.',
    laravelConfig: 'The connection address. The environment can override it.',
    laravelComponent: 'The connection address followed by path and query of the request. Blade escapes them.',
    laravelLayout: 'Add this to the <head> of your layout.',
    laravelRoutes:
      'By default Laravel sends private, so cards are never kept. With etag it answers 304 while the HTML is unchanged. A CSRF token changes the HTML each time.',
    wordpressPlugin: 'A file in mu-plugins is active as soon as it exists.',
    wordpressFreshness:
      'Add this to the end of the same file. A card is kept for a day. After a post is saved, a new card is drawn within a minute of the next request. A new comment causes no new card.',
    hugoConfig: 'The connection address.',
    hugoPartial:
      'The connection address followed by the path of the page. Before Hugo 0.146, the folder is layouts/partials.',
    hugoBase: 'Add this to the <head> of your base template.',
    hugoVersion:
      "Add this to the end of the same file. The page's last change is its version: after a change, a new card is drawn within a minute of the next request.",
    hugoHeaders: 'Or as headers of the host. Netlify and Cloudflare read them from this file.',
  },
};
