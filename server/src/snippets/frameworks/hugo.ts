import { tomlString } from '../literals.ts';
import { fileName } from '../page-path.ts';
import type { Framework, PageWords, Site } from '../snippet.ts';
import { templateLine } from '../template-line.ts';

const config = ({ connectionUrl }: Site) => `[params]
  connectionUrl = ${tomlString(connectionUrl)}
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

const etag = '{{ with .Lastmod }}<meta property="og:plus:cache:etag" content="{{ .Unix }}">{{ end }}';

const onePage = ({ title, description }: PageWords) => `+++
title = ${tomlString(title)}
${description === null ? '' : `description = ${tomlString(description)}\n`}+++
`;

const headers = () => `/posts/*
  Cache-Control: public, max-age=3600
`;

// Hugo before 0.146 knows only these two folders, and later ones still read them (gohugo.io, "New template system").
export const hugo: Framework = {
  id: 'hugo',
  tags: [
    { id: 'hugoConfig', file: 'hugo.toml', code: config },
    { id: 'hugoPartial', file: 'layouts/partials/card.html', code: partial },
    { id: 'hugoBase', file: 'layouts/_default/baseof.html', code: base },
  ],
  freshness: [
    { id: 'hugoVersion', file: 'layouts/partials/card.html', code: version },
    { id: 'hugoHeaders', file: 'static/_headers', code: headers },
  ],
  page: (words) => [{ file: `content/${fileName(words.target, '_index')}.md`, code: onePage(words) }],
  line: (tag) => ({ file: 'layouts/partials/card.html', code: templateLine(partial(), tag, etag) }),
};
