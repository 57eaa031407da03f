import { availableParallelism, homedir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import type { Network } from './model/network.ts';
import { product } from './model/product.ts';
import type { Milliseconds, Seconds } from './model/units.ts';
import { type Environment, SettingError } from './settings/setting.ts';
import { leastBrowserMemory, type SettingName, settingOf } from './settings/settings.ts';
import type { Bucket } from './store/open-store.ts';
import type { DatabaseAddress } from './store/postgres/connection/address.ts';
import type { S3Key } from './store/s3/s3-address.ts';

const MB = 1_000_000;

export { type Environment, SettingError } from './settings/setting.ts';

/** All settings, checked and frozen; `settings/settings.ts` says what each variable means. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** HTTP processes that share the port; 1: the service serves by itself. */
  readonly workers: number;
  /** The public base address, without a trailing slash. */
  readonly url: string;
  /** Additional names that the dashboard, the API and `/metrics` answer to. */
  readonly hosts: readonly string[];
  /** `cards.example.com` for connection addresses `{connection}.cards.example.com`. */
  readonly connectionDomain: string;
  readonly dataDir: string;
  /** Postgres; undefined for SQLite in the data folder. */
  readonly database: DatabaseAddress | undefined;
  /** A bucket for the pictures; undefined: files in the data folder. */
  readonly bucket: Bucket | undefined;
  /** For commands: the key to a bucket that they are given. @throws {SettingError} without one. */
  readonly s3Key: (bucket: string) => S3Key;
  /** Whether cards are sent while the database is away. */
  readonly sendsUntrusted: boolean;
  /** Undefined for the file in the data folder. */
  readonly masterKey: Buffer | undefined;
  /** Whether `OGPLUS_DATA_DIR` is set. */
  readonly namesDataDir: boolean;
  /** For commands: the service that they speak to, or `none`. */
  readonly service: string | undefined;
  readonly apiKey: string | undefined;
  /** Where `ogplus login` keeps its key. */
  readonly loginFile: string;
  readonly browser: string | undefined;
  /** Whether the browser may run as root without a sandbox if nothing better is possible. */
  readonly allowRootBrowser: boolean;
  /** Whether no process of others is in the service's control group, which it may then divide. */
  readonly ownControlGroup: boolean;
  /** Concurrent renders. */
  readonly renderers: number;
  /** How many cards may wait for a renderer; further ones are rejected. */
  readonly queueLimit: number;
  readonly renderBudget: Milliseconds;
  /** How long an animated page runs before it is captured, by its own clock. */
  readonly pageLife: Milliseconds;
  /** The browser's share of the machine's memory. */
  readonly browserMemoryBytes: number;
  /** After this long without a card to draw, the last browser is ended; null: never. */
  readonly browserIdle: Milliseconds | null;
  /** Network traffic of one page in both directions, besides its document. */
  readonly maxPageBytes: number;
  readonly maxPageRequests: number;
  readonly fetchTimeout: Milliseconds;
  /** Concurrent fetches per website. */
  readonly fetchesPerWebsite: number;
  readonly maxDocumentBytes: number;
  readonly allowNetworks: readonly Network[];
  readonly memoryCacheBytes: number;
  readonly diskBudgetBytes: number;
  /** Pages kept per website; beyond it the least recently requested one is removed. */
  readonly pagesPerWebsite: number;
  /** Renders per website and minute, including fetches of pages without a card. */
  readonly websitePerMinute: number;
  /** Fetches and renders per client address and minute. */
  readonly clientPerMinute: number;
  /** Proxies whose `Forwarded` or `X-Forwarded-For` is trusted. */
  readonly trustedProxies: readonly Network[];
  /** Whether spans are sent to an OpenTelemetry collector; its own variables say where. */
  readonly tracing: boolean;
  /** Networks that may request `/metrics`. */
  readonly metricsNetworks: readonly Network[];
  /** For a request to arrive. */
  readonly receiveTimeout: Milliseconds;
  /** For the client to read a response. */
  readonly sendTimeout: Milliseconds;
  readonly maxConnections: number;
  /** For open requests when the service stops. */
  readonly stopGrace: Milliseconds;
  /** How long a request waits for a renewal before a stale card is sent. */
  readonly patience: Milliseconds;
  /** How long a failure is remembered. */
  readonly failureMemory: Milliseconds;
  /** The longest heuristic lifetime. */
  readonly heuristicMax: Seconds;
  /** How often a fresh card with `og:plus:cache:etag` is checked again. */
  readonly recheckInterval: Seconds;
  /** Whether anybody may create an account. */
  readonly openSignUp: boolean;
  readonly logLevel: string;
}

/** Where programs keep what they know of a person. */
function configFolder(env: Environment): string {
  if (process.platform === 'win32' && env['APPDATA']) return env['APPDATA'];
  return env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config');
}

/** Postgres, if it is named: `sqlite:` is the file in the data folder. */
function databaseOf(env: Environment): DatabaseAddress | undefined {
  const url = settingOf(env, 'OGPLUS_DATABASE_URL');
  const directUrl = settingOf(env, 'OGPLUS_DATABASE_DIRECT_URL');
  return url === undefined ? undefined : { url, directUrl };
}

/** Files in the data folder, or a bucket with a key to it. */
function bucketFrom(env: Environment): Bucket | undefined {
  const place = settingOf(env, 'OGPLUS_STORAGE_URL');
  const cacheBytes = settingOf(env, 'OGPLUS_PICTURE_CACHE_MB');
  // A wrong value is told of even where it has no effect.
  settingOf(env, 'OGPLUS_S3_ENDPOINT');
  settingOf(env, 'OGPLUS_S3_PATH_STYLE');
  if (place === undefined) return undefined;
  const key = s3KeyFrom(env, `OGPLUS_STORAGE_URL=s3://${place.bucket}`);
  return { address: { ...place, ...key }, cacheBytes };
}

/** The key to buckets, and where they are. @param bucket what needs it. @throws {SettingError} */
function s3KeyFrom(env: Environment, bucket: string): S3Key {
  const endpoint = settingOf(env, 'OGPLUS_S3_ENDPOINT');
  const required = (name: 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY') => {
    const value = settingOf(env, name);
    if (value === undefined) throw new SettingError(name, '', `${bucket} needs a key`);
    return value;
  };
  return {
    endpoint,
    // Servers that one runs oneself rarely have a host name for each bucket.
    pathStyle: settingOf(env, 'OGPLUS_S3_PATH_STYLE') ?? endpoint !== undefined,
    region: settingOf(env, 'AWS_REGION'),
    accessKeyId: required('AWS_ACCESS_KEY_ID'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
    sessionToken: settingOf(env, 'AWS_SESSION_TOKEN'),
  };
}

/**
 * Bytes: the browser itself and a dozen heavy pages per renderer, but at most half the memory of this machine or
 * container; the other half is for the service, its caches and the system.
 */
function defaultBrowserMemory(renderers: number): number {
  const half = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2 / MB;
  return Math.max(leastBrowserMemory, Math.min(Math.floor(half), 500 + 500 * renderers)) * MB;
}

// OpenTelemetry's own; its exporter reads them.
const collectorNames = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];

/**
 * Reads and checks the environment.
 * @throws {SettingError} for the first invalid setting.
 */
export function readConfig(env: Environment): Config {
  const value = <N extends SettingName>(name: N) => settingOf(env, name);
  const port = value('OGPLUS_PORT');
  const renderers = value('OGPLUS_RENDERERS') ?? availableParallelism();
  return Object.freeze({
    host: value('OGPLUS_HOST'),
    port,
    workers: value('OGPLUS_WORKERS'),
    url: value('OGPLUS_URL') ?? `http://127.0.0.1:${port}`,
    hosts: value('OGPLUS_HOSTS'),
    connectionDomain: value('OGPLUS_CONNECTION_DOMAIN'),
    dataDir: resolve(value('OGPLUS_DATA_DIR')),
    database: databaseOf(env),
    bucket: bucketFrom(env),
    s3Key: (bucket: string) => s3KeyFrom(env, bucket),
    sendsUntrusted: value('OGPLUS_SERVE_WITHOUT_DATABASE'),
    masterKey: value('OGPLUS_MASTER_KEY'),
    namesDataDir: (env['OGPLUS_DATA_DIR']?.trim() ?? '') !== '',
    service: value('OGPLUS_SERVICE'),
    apiKey: value('OGPLUS_API_KEY'),
    loginFile: join(configFolder(env), 'ogplus', 'login.json'),
    browser: value('OGPLUS_BROWSER'),
    allowRootBrowser: value('OGPLUS_ALLOW_ROOT_BROWSER'),
    ownControlGroup: value('OGPLUS_CONTROL_GROUP') === 'own',
    renderers,
    queueLimit: value('OGPLUS_QUEUE_LIMIT'),
    renderBudget: value('OGPLUS_RENDER_BUDGET_MS'),
    pageLife: value('OGPLUS_PAGE_LIFE_MS'),
    browserMemoryBytes: value('OGPLUS_BROWSER_MEMORY_MB') ?? defaultBrowserMemory(renderers),
    browserIdle: value('OGPLUS_BROWSER_IDLE_MINUTES'),
    maxPageBytes: value('OGPLUS_MAX_PAGE_MB'),
    maxPageRequests: value('OGPLUS_MAX_PAGE_REQUESTS'),
    fetchTimeout: value('OGPLUS_FETCH_TIMEOUT_MS'),
    fetchesPerWebsite: value('OGPLUS_FETCHES_PER_WEBSITE'),
    maxDocumentBytes: value('OGPLUS_MAX_DOCUMENT_MB'),
    allowNetworks: value('OGPLUS_ALLOW_NETWORKS'),
    memoryCacheBytes: value('OGPLUS_MEMORY_CACHE_MB'),
    diskBudgetBytes: value('OGPLUS_DISK_BUDGET_MB'),
    pagesPerWebsite: value('OGPLUS_PAGES_PER_WEBSITE'),
    websitePerMinute: value('OGPLUS_WEBSITE_RENDERS_PER_MINUTE'),
    clientPerMinute: value('OGPLUS_CLIENT_RENDERS_PER_MINUTE'),
    trustedProxies: value('OGPLUS_TRUSTED_PROXIES'),
    tracing: collectorNames.some((name) => (env[name] ?? '') !== ''),
    metricsNetworks: value('OGPLUS_METRICS_NETWORKS'),
    receiveTimeout: value('OGPLUS_RECEIVE_TIMEOUT_MS'),
    sendTimeout: value('OGPLUS_SEND_TIMEOUT_MS'),
    maxConnections: value('OGPLUS_MAX_CONNECTIONS'),
    stopGrace: value('OGPLUS_STOP_GRACE_MS'),
    patience: value('OGPLUS_PATIENCE_MS'),
    failureMemory: value('OGPLUS_FAILURE_MEMORY_MS'),
    heuristicMax: value('OGPLUS_HEURISTIC_MAX_SECONDS'),
    recheckInterval: value('OGPLUS_RECHECK_SECONDS'),
    openSignUp: value('OGPLUS_OPEN_SIGN_UP'),
    logLevel: value('OGPLUS_LOG_LEVEL'),
  });
}

/** `http://{connection}.localhost:3000`: the connection domain with the public address's scheme and port. */
export function connectionUrl(config: Pick<Config, 'url' | 'connectionDomain'>, connection: string): string {
  const { protocol, port } = new URL(config.url);
  return `${protocol}//${connection}.${config.connectionDomain}${port === '' ? '' : `:${port}`}`;
}

/**
 * The `User-Agent` of our fetches. Frameworks send known crawlers a page with all its tags in the head, and others a page
 * that is still streaming; they know Twitterbot (docs/decisions/0018-like-twitterbot.md).
 */
export function softwareOf({ url }: Pick<Config, 'url'>): string {
  return `${product.name}/${product.version} (+${url}/about) (like Twitterbot)`;
}
