import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pkg from '../package.json' with { type: 'json' };
import { Accounts } from './accounts/accounts.ts';
import { Identities } from './accounts/identities.ts';
import { lazyAuth } from './accounts/lazy-auth.ts';
import { PersonKeys } from './accounts/person-keys.ts';
import { Sessions } from './accounts/sessions.ts';
import { SignUp } from './accounts/sign-up.ts';
import { createCards } from './cards/create-cards.ts';
import { NamedPictures } from './cards/inspect/named-pictures.ts';
import { Preview } from './cards/inspect/preview.ts';
import type { QuotasOptions } from './cards/limits/quotas.ts';
import { ProbePictures } from './cards/probe/probe-pictures.ts';
import { SharedPages } from './cards/shared-preview/shared-pages.ts';
import { SharedPictures, type SharedTarget } from './cards/shared-preview/shared-pictures.ts';
import { UnfurlPictures } from './cards/shared-preview/unfurl-pictures.ts';
import { type Config, softwareOf } from './config.ts';
import { DocumentReader } from './document/document-reader.ts';
import { startHousekeeping } from './housekeeping.ts';
import { Connections } from './http/connection/connections.ts';
import { sendFailure } from './http/images/image-response.ts';
import { readOwnImage } from './http/images/own-image.ts';
import { sharedPreviewDocument } from './http/public/shared-preview-document.ts';
import { createHttpServer } from './http/server.ts';
import { Tally } from './http/tally.ts';
import type { WorkerPoolOptions } from './http/workers/worker-pool.ts';
import { WebsiteIcons } from './icons/website-icons.ts';
import { httpWorkers, listen, listenByWorkers } from './listen.ts';
import { logger, type ServiceLog } from './log.ts';
import { connectionsWithin, openFilesLimit, scarcities } from './machine-limits.ts';
import { stopping } from './model/problem.ts';
import { product } from './model/product.ts';
import { type Clock, systemClock } from './model/units.ts';
import type { Website } from './model/website.ts';
import { openStoreOf } from './open-store-of.ts';
import { operate } from './operate.ts';
import { createFetcher } from './origin/fetch.ts';
import { openGate } from './origin/gate.ts';
import { createGuard } from './origin/guard.ts';
import { createRequests } from './origin/requests.ts';
import { pageLimits } from './page-limits.ts';
import type { Renderer } from './render/renderer.ts';
import { startRenderer } from './render/start-renderer.ts';
import type { Store } from './store/ports/store.ts';
import { tracedFetcher, tracedRenderer, tracedStore } from './tracing/traced.ts';
import type { Tracing } from './tracing/tracing.ts';
import { Costs } from './usage/costs.ts';
import { pagesOfSitemap } from './warmups/pages-of-sitemap.ts';
import { WarmupRunner } from './warmups/warmup-runner.ts';
import { WebhookRunner } from './webhooks/webhook-runner.ts';
import { webhookSecretOf } from './webhooks/webhook-secret.ts';
import { AuditLog } from './websites/audit/audit-log.ts';
import { Directory } from './websites/directory.ts';
import { type DnsRecords, dnsRecords } from './websites/dns-records.ts';
import { authSecretOf, fetchTokenOf, firstAccountTokenOf, linkTokenOf, secretKeyOf } from './websites/keys.ts';
import { ensureMasterKey } from './websites/master-key.ts';
import { OwnHosts } from './websites/own-hosts.ts';

/** A running service. Disposing of it ends running work and leaves no process behind. */
export interface Service extends AsyncDisposable {
  /** Where it listens: `http://127.0.0.1:3000`. */
  readonly address: string;
  readonly store: Store;
  readonly renderer: Renderer;
  readonly webhooks: WebhookRunner;
}

// For clients to read the last responses.
const drainMs = 1000;

/**
 * Composes and starts the service: config → store → origin → render → cards → http.
 * @throws {Error} with a readable message: an unusable data folder, port or browser.
 */
export async function startService(
  config: Config,
  machineClock: Clock = systemClock,
  log: ServiceLog = logger(config),
  dns: DnsRecords = dnsRecords(),
): Promise<Service> {
  await using parts = new AsyncDisposableStack();
  const tracing = config.tracing ? parts.use(await tracingOf()) : undefined;
  const opened = parts.use(await openStoreOf(config, log, machineClock));
  const store = tracing === undefined ? opened : tracedStore(opened, tracing);
  const { clock } = store;
  const costs = new Costs(store.costs, clock);
  parts.defer(() => costs.write().catch(() => {})); // what the last second took
  const key = await ensureMasterKey(config, store);
  const guard = createGuard(config.allowNetworks);
  const gate = parts.use(await openGate(guard));
  const { fetchTimeout: timeout, maxDocumentBytes } = config;
  const reader = parts.use(new DocumentReader({ queueLimit: config.queueLimit }));
  const read = reader.read.bind(reader);
  const fetching = parts.use(createFetcher({ guard, clock, timeout, maxDocumentBytes, read }));
  const fetcher = tracing === undefined ? fetching : tracedFetcher(fetching, tracing);
  const rendering = parts.use(
    await startRenderer({
      browser: config.browser,
      allowRoot: config.allowRootBrowser,
      ownControlGroup: config.ownControlGroup,
      renderers: config.renderers,
      queueLimit: config.queueLimit,
      budget: config.renderBudget,
      virtualTimeBudget: config.pageLife,
      maxDocumentBytes,
      read,
      browserMemory: config.browserMemoryBytes,
      browserIdle: config.browserIdle,
      proxyServer: gate.url,
      pageLimits: pageLimits(guard, config),
      onRendered: (partition, cost) => costs.drawn(partition, cost),
      cacheDir: join(config.dataDir, 'browser'),
      fontsDir: join(config.dataDir, 'fonts'),
      log,
    }),
  );

  const renderer = tracing === undefined ? rendering : tracedRenderer(rendering, tracing);
  const tokenOf = (website: Website) => fetchTokenOf(key, website.publicKey);
  const software = softwareOf(config);
  const making = { store, fetcher, renderer, clock, software, fetchTokenOf: tokenOf, log };
  let webhooks: WebhookRunner | undefined;
  const onWebsiteQuota: QuotasOptions['onWebsiteQuota'] = (id, perMinute) => webhooks?.quotaReached(id, perMinute);
  const { cards, decisions, usage, siteLimiter } = parts.use(
    createCards({ ...making, settings: config, onWebsiteQuota, onFetched: (id, bytes) => costs.fetched(id, bytes) }),
  );
  const audit = new AuditLog({ records: store.audit, clock, log });
  parts.defer(() => audit.write().catch((err) => log.warn({ err }, 'audit log not written')));
  const ownHosts = new OwnHosts({ websites: store.websites, audit, dns, connectionDomain: config.connectionDomain });
  const { diskBudgetBytes } = config;
  const keeping = { store, cards, costs, ownHosts, audit, clock, diskBudgetBytes, log };
  const housekeeping = parts.use(startHousekeeping(keeping));

  const directory = await Directory.open(store);
  const { url, hosts, connectionDomain, trustedProxies, metricsNetworks, receiveTimeout, sendTimeout, maxConnections } =
    config;
  const tally = new Tally(renderer);
  const requests = parts.use(createRequests({ guard, clock, timeout }));
  const pagesOf = pagesOfSitemap({ requests, siteLimiter, timeout, software, fetchTokenOf: tokenOf });
  const isBusy = () => tally.waiting > 0 || renderer.waiting > 0;
  const { websitePerMinute } = config;
  const warmups = parts.use(new WarmupRunner({ store, cards, pagesOf, clock, isBusy, websitePerMinute, log }));
  webhooks = parts.use(new WebhookRunner({ store, audit, decisions, requests, masterKey: key, clock, software, log }));
  const { heuristicMax } = config;
  const readImage = readOwnImage({ url, connectionDomain, websites: directory });
  const looking = { fetcher, renderer, clock, software, heuristicMax, fetchTokenOf: tokenOf, readImage };
  const preview = new Preview(looking);
  const namedPictures = new NamedPictures({ requests, clock, software });
  const websiteIcons = new WebsiteIcons({ requests, clock, software, fetchTokenOf: tokenOf });
  const sharedPictures = new SharedPictures({ store, cards, clock });
  const sharedPages = new SharedPages({
    store,
    cards,
    preview,
    pictures: sharedPictures,
    namedPictures,
    readImage,
    clock,
  });
  const drawAhead = (page: SharedTarget) => {
    sharedPages
      .of(page, true)
      .catch((err) => log.warn({ err }, 'the cards of a shared preview could not be drawn ahead'));
  };
  const auth = lazyAuth({ accounts: store.accounts, secret: authSecretOf(key), url, log });
  const accounts = new Accounts(auth);
  const open = new Connections();
  const files = openFilesLimit();
  for (const { says, mend } of scarcities(files)) log.warn({}, `${says} ${mend}`);
  const connections = connectionsWithin(files, maxConnections, config.renderers);
  if (connections < maxConnections)
    log.info({ files, connections, maxConnections }, 'fewer connections than configured: limited by open files');
  const onCounts: WorkerPoolOptions['onCounts'] = (counts) => {
    tally.hits(counts.websites);
    for (const [websiteId, consumer, hits] of counts.websites) usage.hits(websiteId, consumer, hits);
    for (const [id, hits] of counts.cards) cards.noteHits(id, hits);
  };
  const onLogged = (line: string) => log.recentErrors.write(line);
  const workers = await httpWorkers(config, connections, { onCounts, onLogged }, log);
  if (workers !== undefined) {
    tally.workers = workers.pool;
    cards.beforeWriting = () => workers.pool.count();
  }
  const swept = () => housekeeping.swept;
  const operating = { version: pkg.version, renderer, requests, tally, costs, swept, software, log };
  const { operations } = parts.use(operate({ config, store, ...operating, mostConnections: connections }));
  const app = createHttpServer({
    operations,
    behindWorkers: workers !== undefined,
    cards,
    directory,
    tally,
    usage,
    url,
    hosts,
    connectionDomain,
    sendsUntrusted: config.sendsUntrusted,
    trustedProxies,
    metricsNetworks,
    receiveTimeout,
    sendTimeout,
    maxConnections: connections,
    connections: open,
    store,
    decisions,
    clock,
    accounts,
    identities: new Identities(store, accounts, key),
    sessions: new Sessions(auth),
    personKeys: new PersonKeys(auth),
    signUp: new SignUp({
      accounts,
      members: store.members,
      clock,
      firstToken: firstAccountTokenOf(key),
      open: config.openSignUp,
    }),
    preview,
    namedPictures,
    websiteIcons,
    readImage,
    ownHosts,
    audit,
    warmups,
    webhooks,
    webhookSecretOf: (salt) => webhookSecretOf(key, salt),
    checkAddress: guard.checkUrl,
    linkTokenOf: (salt) => linkTokenOf(key, salt),
    probePictures: new ProbePictures({ renderer, read }),
    sharedPages,
    sharedPictures,
    unfurlPictures: new UnfurlPictures({ renderer, read, pictures: sharedPictures, pages: sharedPages }),
    sharedPreviewDocument: sharedPreviewDocument(
      fileURLToPath(new URL('../../dashboard/dist-shared-preview', import.meta.url)),
    ),
    drawAhead,
    secretKeyOf: (publicKey) => secretKeyOf(key, publicKey),
    renderer,
    dashboardDir: fileURLToPath(new URL('../../dashboard/dist', import.meta.url)),
    tracing,
    docsDir: fileURLToPath(new URL('../../docs/site/dist', import.meta.url)),
    log,
  });
  const listening = workers === undefined ? await listen(app, config) : await listenByWorkers(app, workers, config);
  parts.defer(async () => {
    const closed = workers === undefined ? app.close() : undefined; // stops listening, and closes idle connections
    const stopped = workers?.pool.stop(config.stopGrace);
    await open.stop(config.stopGrace, (req, res) => sendFailure(req, res, stopping(), url));
    await stopped;
    const cut = setTimeout(() => app.server.closeAllConnections(), drainMs);
    await (closed ?? app.close());
    clearTimeout(cut);
    await workers?.[Symbol.asyncDispose]();
  });

  const { port } = listening;
  guard.closePort(port);
  const running = parts.move();
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    address: `http://${host}:${port}`,
    store,
    renderer,
    webhooks,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Loaded where it is wanted alone: it is as large as the rest of the service. */
async function tracingOf(): Promise<Tracing> {
  const { startTracing } = await import('./tracing/start-tracing.ts');
  return startTracing(product.version);
}
