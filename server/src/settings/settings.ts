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
    '[HTTP processes](#http-workers) that share the port; with `1`, the service itself answers',
  ),
  OGPLUS_URL: optional(
    takes.address,
    '`http://127.0.0.1:3000`',
    'the public base address, without a path; its scheme and port are those of the connection addresses',
  ),
  OGPLUS_HOSTS: setting(
    takes.hostNames,
    '',
    'other host names of the dashboard, the API and `/metrics`, separated by commas; see below',
  ),
  OGPLUS_CONNECTION_DOMAIN: setting(takes.domainName, 'localhost', 'connection addresses are `{connection}.{this}`'),
  OGPLUS_DATA_DIR: setting(takes.text, './data', 'database, pictures and master key'),
  OGPLUS_SERVICE: optional(takes.addressOr('none'), 'none', '[the service that commands use](guides/command-line.md)'),
  OGPLUS_API_KEY: secret(takes.text, 'none', 'the API key that commands use for that service'),
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
    "the database's own address, for notifications and migrations, if `OGPLUS_DATABASE_URL` is the address of a pooler",
  ),
  OGPLUS_SERVE_WITHOUT_DATABASE: setting(
    takes.trueOrFalse,
    'true',
    '`false`: while the database cannot be reached, requests for cards get `503`. `true`: cards in memory and new ones are sent as `no-cache`, because they may have been purged meanwhile',
  ),
  OGPLUS_STORAGE_URL: optional(
    { values: '', read: storage },
    'files in the data folder',
    '`s3://bucket/prefix`: [pictures in a bucket](#pictures-in-a-bucket)',
  ),
  OGPLUS_S3_ENDPOINT: optional(
    takes.endpoint,
    "Amazon's, of `AWS_REGION`",
    'the address of another S3 server, `https://s3.example.com`',
  ),
  OGPLUS_S3_PATH_STYLE: optional(
    takes.trueOrFalse,
    '`true` with `OGPLUS_S3_ENDPOINT`',
    "`true`: the bucket's name is in the path of the address; `false`: in the host name",
  ),
  AWS_ACCESS_KEY_ID: optional(takes.text, 'none', 'the key to the bucket'),
  AWS_SECRET_ACCESS_KEY: secret(takes.text, 'none', 'its secret'),
  AWS_SESSION_TOKEN: secret(takes.text, 'none', 'the token of a temporary key'),
  AWS_REGION: setting(takes.region, 'us-east-1', "the bucket's region"),
  OGPLUS_PICTURE_CACHE_MB: setting(
    megabytes(0, 1_000_000_000),
    '1000',
    'size of the cache of pictures from the bucket, as files in `cache/` in the data folder; `0`: no cache',
  ),
  OGPLUS_BROWSER: optional(
    takes.text,
    '[found](#which-browser)',
    'path of a Chromium, or `ws://…` of one that runs elsewhere',
  ),
  OGPLUS_ALLOW_ROOT_BROWSER: setting(
    takes.trueOrFalse,
    'false',
    '`true`: if the service runs as root and no other user can start the browser, the browser runs as root and without its sandbox. `false`: [no card is drawn](#the-browsers-rights) then',
  ),
  OGPLUS_CONTROL_GROUP: setting(
    oneOf('shared', 'own'),
    'shared',
    '`own`: the service has a control group of its own, in which it [limits the browsers](#the-browsers-rights); the systemd unit sets this. On Linux with control groups of version 2',
  ),
  OGPLUS_RENDERERS: optional(
    wholeNumber(1, 256),
    'the number of cores',
    'pages drawn at once, each in a browser of its own, which starts when it is first needed. While slow pages occupy more than half of them, other websites get the same number in addition',
  ),
  OGPLUS_QUEUE_LIMIT: setting(
    wholeNumber(1, 100_000),
    '128',
    'cards that may wait for a renderer; further requests get `503`. A card waits at most 30 s, in which two cores draw about 128 cards',
  ),
  OGPLUS_RENDER_BUDGET_MS: setting(
    ms(100, 120_000),
    '8000',
    'time for loading and settling; after it, the page is drawn as it is. The whole drawing, encoding included, may take 5 s longer; then its browser is killed',
  ),
  OGPLUS_PAGE_LIFE_MS: setting(
    ms(0, 60_000),
    '5000',
    'how long a page with scripts runs before it is drawn, by its virtual clock, which runs faster than real time: most cards take a twentieth of it. A page can choose another time (`og:plus:delay`, in seconds)',
  ),
  OGPLUS_BROWSER_MEMORY_MB: optional(
    megabytes(leastBrowserMemory, 1_000_000),
    "500 and 500 for each renderer, at most half of the machine's",
    'memory that all browsers together may use, without programs and files that they share. Above three quarters of it, a new browser replaces the largest one between two drawings; above all of it, the page that uses most is ended. On Linux',
  ),
  OGPLUS_BROWSER_IDLE_MINUTES: setting(
    counted(0, 100_000, (minutes) => (minutes === 0 ? null : milliseconds(minutes * 60_000))),
    '0',
    'minutes without a card to draw, after which the last browser is ended; the next card then takes a quarter of a second longer. `0`: it is never ended. The other browsers are ended after five minutes without work',
  ),
  OGPLUS_MAX_PAGE_MB: setting(
    megabytes(1, 10_000),
    '50',
    'network traffic of one page while it is drawn, in both directions, without its document; above it, the page gets no more data and is drawn with what it has',
  ),
  OGPLUS_MAX_PAGE_REQUESTS: setting(
    wholeNumber(1, 100_000),
    '500',
    'requests of a page while it is drawn; further ones fail, and a page that sends twice as many is cut off from the network',
  ),
  OGPLUS_FETCH_TIMEOUT_MS: setting(ms(100, 120_000), '10000', "time for a page's fetch, redirects included"),
  OGPLUS_FETCHES_PER_WEBSITE: setting(
    wholeNumber(1, 1000),
    '4',
    'fetches of one website at once, in all processes together; up to `OGPLUS_QUEUE_LIMIT` more may wait',
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
    'pages kept per website; a new one replaces the least recently requested. The default takes about 200 MB of database and is more than nearly any website needs',
  ),
  OGPLUS_WEBSITE_RENDERS_PER_MINUTE: setting(
    wholeNumber(1, 1_000_000),
    '600',
    'new cards of one website per minute; further requests get `429`. The default is ten a second, as many as four cores draw',
  ),
  OGPLUS_CLIENT_RENDERS_PER_MINUTE: setting(
    wholeNumber(1, 1_000_000),
    '600',
    'new cards that one client address may cause per minute, on all websites together; further requests get `429`. Crawlers request a few pages from each of many addresses; a flood comes from few addresses',
  ),
  OGPLUS_TRUSTED_PROXIES: setting(
    takes.networks,
    '',
    "proxies in front of the service: the client's address is read from their `Forwarded` or `X-Forwarded-For`",
  ),
  OGPLUS_RECEIVE_TIMEOUT_MS: setting(
    ms(100, 120_000),
    '10000',
    'time for a request to arrive; slower ones get `408`. Requests are a few hundred bytes',
  ),
  OGPLUS_SEND_TIMEOUT_MS: setting(
    ms(100, 600_000),
    '30000',
    'time for a client to read a response, then the connection is closed. The default needs 10 kB a second for a card of 300 kB',
  ),
  OGPLUS_MAX_CONNECTIONS: setting(
    wholeNumber(1, 1_000_000),
    '10000',
    'open connections, about 20 kB each. There are fewer if the limit of open files (`ulimit -n`), less 250 for each renderer, is lower. When all are in use, a new connection replaces the one that has been idle for longest. One client address may have a quarter of them, unless it is a trusted proxy',
  ),
  OGPLUS_STOP_GRACE_MS: setting(
    ms(0, 600_000),
    '5000',
    'time to finish current requests when the service is told to stop (`SIGTERM`); requests that take longer get `503` with `Retry-After`',
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
    '`true`: anybody who can reach the service may create an account and add websites. `false`: accounts are created with the link that the service prints at its start, and by invitation',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(
    takes.text,
    'none',
    'an OpenTelemetry collector, to which [traces](guides/monitoring.md#traces) are sent',
  ),
  OGPLUS_LOG_LEVEL: setting(
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info',
    'the lowest level of log lines that are written',
  ),
} satisfies Readonly<Record<string, Setting<unknown>>>;

export type SettingName = keyof typeof settings;
type ValueOf<S> = S extends Setting<infer T> ? T : never;

/** Reads a setting of the table. @throws {SettingError} */
export function settingOf<N extends SettingName>(env: Environment, name: N): ValueOf<(typeof settings)[N]> {
  return readSetting(env, name, settings[name] as Setting<unknown>) as ValueOf<(typeof settings)[N]>;
}
