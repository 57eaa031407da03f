import { milliseconds, seconds } from '../model/units.ts';
import { parseStorageUrl } from '../store/s3/s3-address.ts';
import { type Environment, optional, readSetting, type Setting, secret, setting } from './setting.ts';
import * as takes from './takes.ts';

const { counted, oneOf, wholeNumber } = takes;
const MB = 1_000_000;
const megabytes = (low: number, high: number) => counted(low, high, (n) => n * MB);
const ms = (low: number, high: number) => counted(low, high, milliseconds);

// A browser with one plain page takes some 60 MB, one with a heavy page a few hundred.
export const leastBrowserMemory = 300;

/** A bucket and a prefix in it; undefined for files in the data folder. */
const storage = (text: string) => (/^file:(\/\/)?$/.test(text) ? undefined : parseStorageUrl(text));

/** Every variable that the service or a command reads, in the order of `docs/settings.md`. */
export const settings = {
  OGPLUS_HOST: setting(takes.text, '127.0.0.1', 'the address to listen on'),
  OGPLUS_PORT: setting(wholeNumber(0, 65_535), '3000', 'the port to listen on'),
  OGPLUS_WORKERS: setting(
    wholeNumber(1, 256),
    '1',
    '[HTTP processes](#http-workers) that share the port; with one, the service answers by itself',
  ),
  OGPLUS_URL: optional(
    takes.address,
    '`http://127.0.0.1:3000`',
    'the public base address; its scheme and port are those of the connection addresses',
  ),
  OGPLUS_HOSTS: setting(
    takes.hostNames,
    '',
    'further names that the dashboard, the API and `/metrics` answer to, with commas between; see below',
  ),
  OGPLUS_CONNECTION_DOMAIN: setting(takes.domainName, 'localhost', 'connection addresses are `{connection}.{this}`'),
  OGPLUS_DATA_DIR: setting(takes.text, './data', 'database, pictures and master key'),
  OGPLUS_SERVICE: optional(
    takes.addressOr('none'),
    'none',
    'for commands: [the service that they speak to](guides/command-line.md)',
  ),
  OGPLUS_API_KEY: secret(takes.text, 'none', 'for commands: the key to that service'),
  OGPLUS_MASTER_KEY: secret(
    takes.masterKey,
    '`secret.key` in the data folder',
    '32 bytes in base64url, the same on every machine: website keys and sessions are derived from it',
  ),
  OGPLUS_DATABASE_URL: optional(
    takes.postgresOrSqlite,
    'SQLite in the data folder',
    '`postgres://user:password@host/database` ([15 or newer](guides/more-than-one-machine.md)) for several machines. `?sslmode=verify-full` encrypts the connection',
  ),
  OGPLUS_DATABASE_DIRECT_URL: optional(
    takes.postgres,
    '`OGPLUS_DATABASE_URL`',
    "the database's own address, where that one is a pooler's: for listening and for changes of the tables",
  ),
  OGPLUS_SERVE_WITHOUT_DATABASE: setting(
    takes.trueOrFalse,
    'true',
    '`false`: while the database is away, requests for cards get `503`. Otherwise cards in memory and new ones are sent, as `no-cache`, since nobody knows whether they were purged',
  ),
  OGPLUS_STORAGE_URL: optional(
    { values: '', read: storage },
    'files in the data folder',
    '`s3://bucket/prefix`: [pictures in a bucket](#pictures-in-a-bucket)',
  ),
  OGPLUS_S3_ENDPOINT: optional(
    takes.address,
    "Amazon's, of `AWS_REGION`",
    'the address of another S3 server, `https://s3.example.com`',
  ),
  OGPLUS_S3_PATH_STYLE: optional(
    takes.trueOrFalse,
    '`true` with `OGPLUS_S3_ENDPOINT`',
    "whether the bucket's name stands in the path of the address; `false`: in the host name",
  ),
  AWS_ACCESS_KEY_ID: optional(takes.text, 'none', 'the key to the bucket'),
  AWS_SECRET_ACCESS_KEY: secret(takes.text, 'none', 'its secret'),
  AWS_SESSION_TOKEN: secret(takes.text, 'none', 'the token of a temporary key'),
  AWS_REGION: setting(takes.region, 'us-east-1', "the bucket's region"),
  OGPLUS_PICTURE_CACHE_MB: setting(
    megabytes(0, 1_000_000_000),
    '1000',
    'pictures of the bucket that this machine used last and keeps as files in `cache/` of its data folder; `0` keeps none',
  ),
  OGPLUS_BROWSER: optional(
    takes.text,
    '[found](#which-browser)',
    'path of a Chromium, or `ws://…` of one that runs elsewhere',
  ),
  OGPLUS_ALLOW_ROOT_BROWSER: setting(
    takes.trueOrFalse,
    'false',
    '`true`: where the service is root and no other user can start the browser, it runs as root and without its sandbox. Otherwise [no card is drawn there](#the-browsers-rights)',
  ),
  OGPLUS_CONTROL_GROUP: setting(
    oneOf('shared', 'own'),
    'shared',
    "`own`: the service's control group is its own, and it [limits the browsers there](#the-browsers-rights); the systemd unit says so. On Linux with control groups of version 2",
  ),
  OGPLUS_RENDERERS: optional(
    wholeNumber(1, 256),
    'the number of cores',
    'pages drawn at once, each in a browser of its own, which starts when it is first needed; while slow pages take more than half, other websites get as many besides',
  ),
  OGPLUS_QUEUE_LIMIT: setting(
    wholeNumber(1, 100_000),
    '128',
    'cards that may wait for a renderer; further ones get `503`. The longest wait is 30 s, in which two cores draw some 128',
  ),
  OGPLUS_RENDER_BUDGET_MS: setting(
    ms(100, 120_000),
    '8000',
    'time for loading and settling; what is there then is drawn. All of a drawing has 5 s more, from the page that it is lent to the picture in its format; then the browser is ended, with whatever the page started in it',
  ),
  OGPLUS_PAGE_LIFE_MS: setting(
    ms(0, 60_000),
    '5000',
    'how long a page with scripts runs before it is drawn, by its own clock, which runs ahead of ours: most cards take a twentieth of it. A page may say otherwise (`og:plus:delay`, in seconds)',
  ),
  OGPLUS_BROWSER_MEMORY_MB: optional(
    megabytes(leastBrowserMemory, 1_000_000),
    "500 and 500 for each renderer, at most half of the machine's",
    'memory that the browsers may take together, programs and files that they share not counted. Past three quarters a new one takes the place of the largest behind the drawings; past all of it the page that takes most is ended. On Linux',
  ),
  OGPLUS_BROWSER_IDLE_MINUTES: setting(
    counted(0, 100_000, (minutes) => (minutes === 0 ? null : milliseconds(minutes * 60_000))),
    '0',
    'after so many minutes without a card to draw, the last browser is ended, and the next card waits a quarter of a second longer; 0: it stays. The other browsers end after five minutes without work',
  ),
  OGPLUS_MAX_PAGE_MB: setting(
    megabytes(1, 10_000),
    '50',
    'network traffic of one page while it is drawn, in both directions, besides its document; beyond it the page is cut off and drawn with what it has',
  ),
  OGPLUS_MAX_PAGE_REQUESTS: setting(
    wholeNumber(1, 100_000),
    '500',
    'requests of a page while it is drawn; further ones fail, and a page with twice as many is cut off',
  ),
  OGPLUS_FETCH_TIMEOUT_MS: setting(ms(100, 120_000), '10000', "time for a page's fetch, redirects included"),
  OGPLUS_FETCHES_PER_WEBSITE: setting(
    wholeNumber(1, 1000),
    '4',
    'fetches of one website at once, of all processes together; as many as `OGPLUS_QUEUE_LIMIT` may wait',
  ),
  OGPLUS_MAX_DOCUMENT_MB: setting(megabytes(1, 1000), '10', 'largest document, decompressed'),
  OGPLUS_ALLOW_NETWORKS: setting(takes.networks, '', 'networks that may be reached although they are not public'),
  OGPLUS_MEMORY_CACHE_MB: setting(megabytes(0, 1_000_000), '128', 'cards and documents kept in memory'),
  OGPLUS_DISK_BUDGET_MB: setting(
    megabytes(1, 1_000_000_000),
    '10000',
    'pictures kept on disk; the least recently requested are removed first',
  ),
  OGPLUS_PAGES_PER_WEBSITE: setting(
    wholeNumber(1, 100_000_000),
    '100000',
    'pages kept per website; a new one replaces the least recently requested. Some 200 MB of database, more pages than nearly any website has',
  ),
  OGPLUS_WEBSITE_RENDERS_PER_MINUTE: setting(
    wholeNumber(1, 1_000_000),
    '600',
    'new cards of one website a minute; more get `429`. Ten a second is what four cores draw; a website whose pages are all shared at once needs no more',
  ),
  OGPLUS_CLIENT_RENDERS_PER_MINUTE: setting(
    wholeNumber(1, 1_000_000),
    '600',
    'new cards that one client address may cause a minute, on all websites together; more get `429`. As much as one website may have: crawlers ask for a few pages from each of many addresses, a flood comes from few',
  ),
  OGPLUS_TRUSTED_PROXIES: setting(
    takes.networks,
    '',
    'proxies in front of the service: their `Forwarded` or `X-Forwarded-For` says who the client is',
  ),
  OGPLUS_RECEIVE_TIMEOUT_MS: setting(
    ms(100, 120_000),
    '10000',
    'time for a request to arrive; slower ones get `408`. Requests are a few hundred bytes',
  ),
  OGPLUS_SEND_TIMEOUT_MS: setting(
    ms(100, 600_000),
    '30000',
    'time for a client to read a response, then the connection is closed. 10 kB a second for a card of 300 kB',
  ),
  OGPLUS_MAX_CONNECTIONS: setting(
    wholeNumber(1, 1_000_000),
    '10000',
    'open connections, some 20 kB each, or as many as the files that the service may open (`ulimit -n`) leave beside 250 for each renderer, whichever is less. For a new one past that the one that has been idle for longest is closed; one client address that is no trusted proxy may have a quarter of them',
  ),
  OGPLUS_STOP_GRACE_MS: setting(
    ms(0, 600_000),
    '5000',
    'time that requests under way get when the service is told to stop (`SIGTERM`); then they get `503` with `Retry-After`',
  ),
  OGPLUS_METRICS_NETWORKS: setting(
    takes.networks,
    '127.0.0.0/8,::1/128',
    'networks that may request `/metrics`; others get `404`',
  ),
  OGPLUS_PATIENCE_MS: setting(
    ms(0, 120_000),
    '2500',
    'how long a request waits for a renewal before a stale card is sent, if the page allows that',
  ),
  OGPLUS_FAILURE_MEMORY_MS: setting(ms(0, 3_600_000), '5000', 'how long a failure is remembered'),
  OGPLUS_HEURISTIC_MAX_SECONDS: setting(counted(0, 31_536_000, seconds), '600', 'longest heuristic lifetime'),
  OGPLUS_RECHECK_SECONDS: setting(
    counted(1, 31_536_000, seconds),
    '60',
    'how often a fresh card with `og:plus:cache:etag` is checked again',
  ),
  OGPLUS_OPEN_SIGN_UP: setting(
    takes.trueOrFalse,
    'false',
    '`true`: anybody who reaches the service may make an account, and add websites. Otherwise accounts are made by the link that the start prints, and by invitations',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(
    takes.text,
    'none',
    'an OpenTelemetry collector that is sent [traces](guides/monitoring.md#traces)',
  ),
  OGPLUS_LOG_LEVEL: setting(
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info',
    'the least serious lines of the log that are written',
  ),
} satisfies Readonly<Record<string, Setting<unknown>>>;

export type SettingName = keyof typeof settings;
type ValueOf<S> = S extends Setting<infer T> ? T : never;

/** Reads a setting of the table. @throws {SettingError} */
export function settingOf<N extends SettingName>(env: Environment, name: N): ValueOf<(typeof settings)[N]> {
  return readSetting(env, name, settings[name] as Setting<unknown>) as ValueOf<(typeof settings)[N]>;
}
