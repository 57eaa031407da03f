import type { Framework } from './snippet.ts';

const config = (connectionUrl: string) => `[params]
  connectionUrl = "${connectionUrl}"
`;

const partial = () => `<meta property="og:title" content="{{ .Title | default site.Title }}">
{{ with .Description | default .Summary }}<meta property="og:description" content="{{ . | plainify | htmlUnescape }}">{{ end }}
<meta property="og:type" content="{{ if .IsPage }}article{{ else }}website{{ end }}">
<meta property="og:url" content="{{ .Permalink }}">
<meta property="og:image" content="{{ site.Params.connectionUrl }}{{ .RelPermalink }}">
<meta property="og:image:width" content="2400">
<meta property="og:image:height" content="1260">
<meta name="twitter:card" content="summary_large_image">
`;

const base = () => `<head>
  <title>{{ .Title }}</title>
  {{ partial "card.html" . }}
</head>
`;

const version = () => `<meta property="og:plus:cache:max_age" content="86400">
{{ with .Lastmod }}<meta property="og:plus:cache:etag" content="{{ .Unix }}">{{ end }}
`;

const headers = () => `/posts/*
  Cache-Control: public, max-age=3600
`;

export const hugo: Framework = {
  id: 'hugo',
  name: 'Hugo',
  tags: [
    { id: 'hugoConfig', file: 'hugo.toml', code: config },
    { id: 'hugoPartial', file: 'layouts/_partials/card.html', code: partial },
    { id: 'hugoBase', file: 'layouts/baseof.html', code: base },
  ],
  freshness: [
    { id: 'hugoVersion', file: 'layouts/_partials/card.html', code: version },
    { id: 'hugoHeaders', file: 'static/_headers', code: headers },
  ],
};
