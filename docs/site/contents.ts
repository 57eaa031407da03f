import { problemTypes } from '../../server/src/http/problem.ts';

/** A page of the site: a Markdown file of the repository, and its address below the base. */
export interface Entry {
  /** From the repository's root. */
  readonly source: string;
  /** Without slashes at its ends; empty for the first page. */
  readonly path: string;
  /** In the navigation; the page's first heading without it. */
  readonly label?: string;
}

export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const page = (source: string, path: string, label?: string): Entry => ({
  source,
  path,
  ...(label === undefined ? {} : { label }),
});
const guide = (name: string, label?: string) => page(`docs/guides/${name}.md`, `guides/${name}`, label);
const framework = (name: string, label?: string) => page(`docs/guides/${name}.md`, `frameworks/${name}`, label);
const operate = (name: string, label?: string) => page(`docs/guides/${name}.md`, `operate/${name}`, label);

/** Pages that are reached from others only. */
export const unlisted: readonly Entry[] = problemTypes.map((type) =>
  page(`docs/problems/${type}.md`, `problems/${type}`),
);

/** The order of the navigation. */
export const sections: readonly Section[] = [
  {
    title: 'Start',
    entries: [
      page('docs/start/what-it-is.md', '', 'What it is'),
      page('docs/start/five-minutes.md', 'start/five-minutes', 'Five minutes'),
      page('docs/start/other-ways.md', 'start/other-ways', 'Other ways'),
    ],
  },
  {
    title: 'Frameworks',
    entries: [
      framework('django'),
      framework('nextjs', 'Next.js'),
      framework('react-router', 'React Router and TanStack'),
      framework('nuxt', 'Nuxt and Vue'),
      framework('astro'),
      framework('sveltekit', 'SvelteKit'),
      framework('ruby', 'Rails and Sinatra'),
      framework('php', 'PHP'),
      framework('wordpress'),
      framework('static-sites', 'Static sites'),
    ],
  },
  {
    title: 'Guides',
    entries: [
      guide('rendering', 'Designing a card'),
      guide('http-caching', 'Freshness'),
      guide('addresses', 'Image addresses, signed too'),
      guide('networks-keep-pictures', 'When networks keep old pictures'),
      guide('branch-previews'),
      guide('dashboard'),
      guide('warm-up', 'Warm-up'),
      guide('automation', 'Purging on deploy, webhooks'),
      guide('command-line', 'Command line'),
    ],
  },
  {
    title: 'Operate',
    entries: [
      operate('deploy', 'A server with TLS'),
      operate('sizing'),
      operate('more-than-one-machine', 'More than one machine'),
      operate('behind-a-cdn', 'Behind a CDN'),
      operate('monitoring'),
      operate('backup-and-upgrade'),
      operate('troubleshooting', 'Troubleshooting'),
      operate('failure-modes'),
      page('deploy/README.md', 'operate/files', 'Files to deploy with'),
      page('SECURITY.md', 'operate/security'),
    ],
  },
  {
    title: 'Reference',
    entries: [
      page('docs/reference/tags.md', 'reference/tags'),
      page('docs/reference/commands.md', 'reference/commands'),
      page('docs/settings.md', 'reference/settings'),
      page('docs/management-api.md', 'reference/api'),
      page('docs/reference/api.md', 'reference/api-routes'),
      page('docs/reference/networks.md', 'reference/networks'),
      page('docs/problems/README.md', 'problems'),
      page('docs/reference/glossary.md', 'reference/glossary'),
      page('docs/architecture.md', 'reference/architecture'),
      page('docs/benchmarks.md', 'reference/benchmarks'),
      page('docs/freshness-conformance.md', 'reference/conformance'),
      page('docs/abuse.md', 'reference/abuse'),
      page('docs/siege.md', 'reference/siege'),
      page('docs/chaos.md', 'reference/chaos'),
      page('CHANGELOG.md', 'reference/changes'),
    ],
  },
];
