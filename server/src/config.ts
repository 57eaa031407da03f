import { availableParallelism, homedir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import type { Network } from './model/network.ts';
import { product } from './model/product.ts';
import { type Milliseconds, milliseconds, type Seconds, seconds } from './model/units.ts';
import type { Bucket } from './store/open-store.ts';
import type { DatabaseAddress } from './store/postgres/connection/address.ts';
import { parseStorageUrl, type S3Key } from './store/s3/s3-address.ts';
import { parseMasterKey } from './websites/master-key.ts';

const MB = 1_000_000;
// A browser with one plain page takes some 60 MB, one with a heavy page a few hundred.
const leastBrowserMemory = 300;

/** All settings, checked and frozen; see docs/settings.md. */
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

/** An invalid setting: one line that says which and why. */
export class SettingError extends Error {
  constructor(name: string, value: string, why: string) {
    super(`${name}=${withoutPassword(value)}: ${why}`);
    this.name = 'SettingError';
  }
}

/** Settings whose values are shown to nobody. */
const secrets: ReadonlySet<string> = new Set(['OGPLUS_MASTER_KEY', 'OGPLUS_API_KEY']);

/** An address as it may be shown. */
function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^/@]*?):[^/]*@/, '$1:…@');
}

/** The settings as a process is given them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads one setting; an unset or empty variable is its default. */
function setting<T>(env: Environment, name: string, fallback: T, parse: (text: string) => T): T {
  const text = env[name]?.trim();
  if (text === undefined || text === '') return fallback;
  try {
    return parse(text);
  } catch (error) {
    throw new SettingError(
      name,
      secrets.has(name) ? '…' : text,
      error instanceof Error ? error.message : String(error),
    );
  }
}

function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const n = Number(text);
    if (!/^\d+$/.test(text) || n < low || n > high) throw new Error(`must be a whole number from ${low} to ${high}`);
    return n;
  };
}

function oneOf(...choices: readonly string[]): (text: string) => string {
  return (text) => {
    if (!choices.includes(text)) throw new Error(`must be one of ${choices.join(', ')}`);
    return text;
  };
}

/** @throws {Error} with the rest of a sentence. */
export function baseUrl(text: string): string {
  if (!URL.canParse(text)) throw new Error('must be an address such as https://ogplus.example.com');
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) throw new Error('must begin with http:// or https://');
  if (url.search || url.hash || url.username || url.password)
    throw new Error('must not have a query, fragment or user');
  return url.href.replace(/\/+$/, '');
}

/** Where programs keep what they know of a person. */
function configFolder(env: Environment): string {
  if (process.platform === 'win32' && env['APPDATA']) return env['APPDATA'];
  return env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config');
}

function domainName(text: string): string {
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)) throw new Error('must be a host name such as cards.example.com');
  return text.toLowerCase();
}

function hostNames(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      if (!/^(\[[\da-f:.]+\]|[\w.-]+)$/i.test(part))
        throw new Error(`"${part}" is not a host name such as ogplus.internal`);
      return part.toLowerCase().replace(/\.$/, '');
    });
}

function networks(text: string): Network[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const cidr = part.includes('/') ? part : `${part}/${part.includes(':') ? 128 : 32}`;
      if (!ipaddr.isValidCIDR(cidr)) throw new Error(`"${part}" is not a network such as 10.0.0.0/8 or ::1/128`);
      return ipaddr.parseCIDR(cidr);
    });
}

function masterKeyOf(text: string): Buffer {
  const key = parseMasterKey(text);
  if (key === undefined)
    throw new Error(
      'must be 32 bytes in base64url; make one: node -p "crypto.randomBytes(32).toString(\'base64url\')"',
    );
  return key;
}

/** Postgres, if it is named: `sqlite:` is the file in the data folder. */
function databaseOf(env: Environment): DatabaseAddress | undefined {
  const url = setting<string | undefined>(env, 'OGPLUS_DATABASE_URL', undefined, (text) =>
    text === 'sqlite:' ? undefined : postgresUrl(text),
  );
  const directUrl = setting<string | undefined>(env, 'OGPLUS_DATABASE_DIRECT_URL', undefined, postgresUrl);
  return url === undefined ? undefined : { url, directUrl };
}

function postgresUrl(text: string): string {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text))
    throw new Error('must be an address such as postgres://user:password@host/database');
  if (new URL(text).pathname.length < 2)
    throw new Error('must name a database, as in postgres://user:password@host/database');
  return text;
}

/** Files in the data folder, or a bucket with a key to it. */
function bucketFrom(env: Environment): Bucket | undefined {
  const place = setting(env, 'OGPLUS_STORAGE_URL', undefined, (text) =>
    /^file:(\/\/)?$/.test(text) ? undefined : parseStorageUrl(text),
  );
  const cacheBytes = setting(env, 'OGPLUS_PICTURE_CACHE_MB', 1000, wholeNumber(0, 1_000_000_000)) * MB;
  setting(env, 'OGPLUS_S3_ENDPOINT', undefined, baseUrl);
  setting(env, 'OGPLUS_S3_PATH_STYLE', 'false', oneOf('true', 'false'));
  if (place === undefined) return undefined;
  const key = s3KeyFrom(env, `OGPLUS_STORAGE_URL=s3://${place.bucket}`);
  return { address: { ...place, ...key }, cacheBytes };
}

/** The key to buckets, and where they are. @param bucket what needs it. @throws {SettingError} */
function s3KeyFrom(env: Environment, bucket: string): S3Key {
  const endpoint = setting(env, 'OGPLUS_S3_ENDPOINT', undefined, baseUrl);
  // Servers that one runs oneself rarely have a host name for each bucket.
  const style = setting(env, 'OGPLUS_S3_PATH_STYLE', String(endpoint !== undefined), oneOf('true', 'false'));
  const text = (name: string) => setting<string | undefined>(env, name, undefined, (value) => value);
  const required = (name: string) => {
    const value = text(name);
    if (value === undefined) throw new SettingError(name, '', `${bucket} needs a key`);
    return value;
  };
  const region = setting(env, 'AWS_REGION', 'us-east-1', (value) => {
    if (!/^[\w-]+$/.test(value)) throw new Error('must be a region such as eu-central-1');
    return value;
  });
  return {
    endpoint,
    pathStyle: style === 'true',
    region,
    accessKeyId: required('AWS_ACCESS_KEY_ID'),
    secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
    sessionToken: text('AWS_SESSION_TOKEN'),
  };
}

/**
 * Megabytes: the browser itself and a dozen heavy pages per renderer, but at most half the memory of this machine or
 * container; the other half is for the service, its caches and the system.
 */
function defaultBrowserMemory(renderers: number): number {
  const half = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2 / MB;
  return Math.max(leastBrowserMemory, Math.min(Math.floor(half), 500 + 500 * renderers));
}

// OpenTelemetry's own; its exporter reads them.
const collectorNames = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'];

/**
 * Reads and checks the environment.
 * @throws {SettingError} for the first invalid setting.
 */
export function readConfig(env: Environment): Config {
  const port = setting(env, 'OGPLUS_PORT', 3000, wholeNumber(0, 65535));
  const renderers = setting(env, 'OGPLUS_RENDERERS', availableParallelism(), wholeNumber(1, 256));
  return Object.freeze({
    host: setting(env, 'OGPLUS_HOST', '127.0.0.1', (text) => text),
    port,
    workers: setting(env, 'OGPLUS_WORKERS', 1, wholeNumber(1, 256)),
    url: setting(env, 'OGPLUS_URL', `http://127.0.0.1:${port}`, baseUrl),
    hosts: setting<readonly string[]>(env, 'OGPLUS_HOSTS', [], hostNames),
    connectionDomain: setting(env, 'OGPLUS_CONNECTION_DOMAIN', 'localhost', domainName),
    dataDir: resolve(setting(env, 'OGPLUS_DATA_DIR', './data', (text) => text)),
    database: databaseOf(env),
    bucket: bucketFrom(env),
    s3Key: (bucket: string) => s3KeyFrom(env, bucket),
    sendsUntrusted: setting(env, 'OGPLUS_SERVE_WITHOUT_DATABASE', 'true', oneOf('true', 'false')) === 'true',
    masterKey: setting<Buffer | undefined>(env, 'OGPLUS_MASTER_KEY', undefined, masterKeyOf),
    namesDataDir: (env['OGPLUS_DATA_DIR']?.trim() ?? '') !== '',
    service: setting<string | undefined>(env, 'OGPLUS_SERVICE', undefined, (text) =>
      text === 'none' ? text : baseUrl(text),
    ),
    apiKey: setting<string | undefined>(env, 'OGPLUS_API_KEY', undefined, (text) => text),
    loginFile: join(configFolder(env), 'ogplus', 'login.json'),
    browser: setting<string | undefined>(env, 'OGPLUS_BROWSER', undefined, (text) => text),
    allowRootBrowser: setting(env, 'OGPLUS_ALLOW_ROOT_BROWSER', 'false', oneOf('true', 'false')) === 'true',
    ownControlGroup: setting(env, 'OGPLUS_CONTROL_GROUP', 'shared', oneOf('shared', 'own')) === 'own',
    renderers,
    queueLimit: setting(env, 'OGPLUS_QUEUE_LIMIT', 128, wholeNumber(1, 100_000)),
    renderBudget: milliseconds(setting(env, 'OGPLUS_RENDER_BUDGET_MS', 8000, wholeNumber(100, 120_000))),
    pageLife: milliseconds(setting(env, 'OGPLUS_PAGE_LIFE_MS', 5000, wholeNumber(0, 60_000))),
    browserMemoryBytes:
      setting(
        env,
        'OGPLUS_BROWSER_MEMORY_MB',
        defaultBrowserMemory(renderers),
        wholeNumber(leastBrowserMemory, 1_000_000),
      ) * MB,
    browserIdle: setting<Milliseconds | null>(env, 'OGPLUS_BROWSER_IDLE_MINUTES', null, (text) => {
      const minutes = wholeNumber(0, 100_000)(text);
      return minutes === 0 ? null : milliseconds(minutes * 60_000);
    }),
    maxPageBytes: setting(env, 'OGPLUS_MAX_PAGE_MB', 50, wholeNumber(1, 10_000)) * MB,
    maxPageRequests: setting(env, 'OGPLUS_MAX_PAGE_REQUESTS', 500, wholeNumber(1, 100_000)),
    fetchTimeout: milliseconds(setting(env, 'OGPLUS_FETCH_TIMEOUT_MS', 10_000, wholeNumber(100, 120_000))),
    fetchesPerWebsite: setting(env, 'OGPLUS_FETCHES_PER_WEBSITE', 4, wholeNumber(1, 1000)),
    maxDocumentBytes: setting(env, 'OGPLUS_MAX_DOCUMENT_MB', 10, wholeNumber(1, 1000)) * MB,
    allowNetworks: setting<readonly Network[]>(env, 'OGPLUS_ALLOW_NETWORKS', [], networks),
    memoryCacheBytes: setting(env, 'OGPLUS_MEMORY_CACHE_MB', 128, wholeNumber(0, 1_000_000)) * MB,
    diskBudgetBytes: setting(env, 'OGPLUS_DISK_BUDGET_MB', 10_000, wholeNumber(1, 1_000_000_000)) * MB,
    pagesPerWebsite: setting(env, 'OGPLUS_PAGES_PER_WEBSITE', 100_000, wholeNumber(1, 100_000_000)),
    websitePerMinute: setting(env, 'OGPLUS_WEBSITE_RENDERS_PER_MINUTE', 600, wholeNumber(1, 1_000_000)),
    clientPerMinute: setting(env, 'OGPLUS_CLIENT_RENDERS_PER_MINUTE', 600, wholeNumber(1, 1_000_000)),
    trustedProxies: setting<readonly Network[]>(env, 'OGPLUS_TRUSTED_PROXIES', [], networks),
    tracing: collectorNames.some((name) => (env[name] ?? '') !== ''),
    metricsNetworks: setting(env, 'OGPLUS_METRICS_NETWORKS', networks('127.0.0.0/8,::1/128'), networks),
    receiveTimeout: milliseconds(setting(env, 'OGPLUS_RECEIVE_TIMEOUT_MS', 10_000, wholeNumber(100, 120_000))),
    sendTimeout: milliseconds(setting(env, 'OGPLUS_SEND_TIMEOUT_MS', 30_000, wholeNumber(100, 600_000))),
    maxConnections: setting(env, 'OGPLUS_MAX_CONNECTIONS', 10_000, wholeNumber(1, 1_000_000)),
    stopGrace: milliseconds(setting(env, 'OGPLUS_STOP_GRACE_MS', 5000, wholeNumber(0, 600_000))),
    patience: milliseconds(setting(env, 'OGPLUS_PATIENCE_MS', 2500, wholeNumber(0, 120_000))),
    failureMemory: milliseconds(setting(env, 'OGPLUS_FAILURE_MEMORY_MS', 5000, wholeNumber(0, 3_600_000))),
    heuristicMax: seconds(setting(env, 'OGPLUS_HEURISTIC_MAX_SECONDS', 600, wholeNumber(0, 31_536_000))),
    recheckInterval: seconds(setting(env, 'OGPLUS_RECHECK_SECONDS', 60, wholeNumber(1, 31_536_000))),
    openSignUp: setting(env, 'OGPLUS_OPEN_SIGN_UP', 'false', oneOf('true', 'false')) === 'true',
    logLevel: setting(
      env,
      'OGPLUS_LOG_LEVEL',
      'info',
      oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    ),
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
