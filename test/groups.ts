/**
 * The test files that run in one process, one after the other: to load the service costs most of a second of a core, more
 * than many files' tests do. No group takes much longer than another, so that all cores have work until the end.
 */
export const groups: Readonly<Record<string, readonly string[]>> = {
  'browser-a-co': ['server/test/render/browser/{[ab],c[a-o]}*.test.ts'],
  'browser-cr-h': ['server/test/render/browser/{c[p-z],[d-h]}*.test.ts'],
  'browser-i-z': ['server/test/render/browser/[i-z]*.test.ts'],
  'cli-a-l': ['server/test/cli/[a-l]*.test.ts'],
  'cli-m-z': ['server/test/cli/[m-z]*.test.ts'],
  client: ['client/test/*.test.ts', 'fonts/test/*.test.ts'],
  'dashboard-ac': ['dashboard/test/ac*.test.ts'],
  'dashboard-au-f': ['dashboard/test/{au*,[b-f]*}.test.ts'],
  'dashboard-k-r': ['dashboard/test/[k-r]*.test.ts'],
  'dashboard-s-z': ['dashboard/test/[s-z]*.test.ts'],
  origin: [
    'server/test/*.test.ts',
    'server/test/{corpus,examples,harness,origin,packages}/**/*.test.ts',
    'server/test/{probes,set-up,snippets,tracing,websites}/*.test.ts',
    'docs/site/test/*.test.ts',
    'test/*.test.ts',
  ],
  'page-a-l': ['server/test/render/{document/*,page/[a-l]*}.test.ts'],
  'page-m-z': ['server/test/render/page/[m-z]*.test.ts'],
  people: ['server/test/{accounts,http,operations,shared-previews,warmups,webhooks}/*.test.ts'],
  postgres: ['server/test/store/postgres/*.test.ts'],
  rules: ['server/test/{cards,concurrency,document,freshness,fuzz,model}/**/*.test.ts'],
  'service-a-k': ['server/test/service/[a-k]*.test.ts'],
  'service-l-r': ['server/test/service/[l-r]*.test.ts'],
  'service-s-z': ['server/test/service/[s-z]*.test.ts'],
  store: ['server/test/store/*.test.ts'],
};
