// An HTTP worker: it shares the service's port, sends fresh cards from its own memory, and passes all else on to the service.
import cluster from 'node:cluster';
import type { AddressInfo } from 'node:net';
import { Hits } from './cards/hits.ts';
import { collectGarbage } from './collect-garbage.ts';
import { readConfig } from './config.ts';
import { Connections } from './http/connection/connections.ts';
import { refuseConnection } from './http/connection/refuse-connection.ts';
import { createStrictServer } from './http/connection/strict-server.ts';
import { hitHandler } from './http/images/hits.ts';
import { sendFailure } from './http/images/image-response.ts';
import { forwarder } from './http/workers/forward.ts';
import type { FromWorker, ToWorker } from './http/workers/messages.ts';
import { logger } from './log.ts';
import { stopping } from './model/problem.ts';
import { milliseconds } from './model/units.ts';
import { openStoreOf } from './open-store-of.ts';
import { Directory } from './websites/directory.ts';
import { secretKeyOf } from './websites/keys.ts';
import { ensureMasterKey } from './websites/master-key.ts';

// The service stops its workers; a signal to all processes of a terminal or a container is not for them.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {});
cluster.worker?.once('disconnect', () => process.exit(1)); // the service is gone

// How often the service is told what was sent: its figures are that old at most.
const countEveryMs = 1000;
// For clients to read the last responses.
const drainMs = 1000;

const config = readConfig(process.env);
const { url, connectionDomain, trustedProxies } = config;

process.once('message', (message: ToWorker) => {
  if (message.kind !== 'start') return;
  serve(message).catch((error) => {
    logger(config).error({ err: error }, 'an HTTP worker could not start');
    process.exit(1);
  });
});

async function serve({ service, maxConnections }: ToWorker & { kind: 'start' }): Promise<void> {
  const log = logger(config);
  log.recentErrors.onLine = (line) => tell({ kind: 'logged', line });
  const store = await openStoreOf(config, log);
  const { clock } = store;
  const key = await ensureMasterKey(config, store);
  const directory = await Directory.open(store);
  const hits = new Hits({
    store,
    clock,
    memoryCacheBytes: config.memoryCacheBytes,
    recheckInterval: config.recheckInterval,
    onFailure: (error, card) => log.debug({ err: error, card }, 'card not read'),
  });
  const images = hitHandler({
    hits,
    directory,
    store,
    url,
    connectionDomain,
    trustedProxies,
    secretKeyOf: (publicKey) => secretKeyOf(key, publicKey),
  });
  const open = new Connections();
  const { forward } = forwarder({
    service,
    onSent: (req) => void images.learn(req),
    onFailure: (req, res, error) => {
      log.warn({ err: error }, 'a request could not be passed on');
      sendFailure(req, res, stopping(), url);
    },
  });

  let connections = 0;
  const { receiveTimeout, sendTimeout } = config;
  const server = createStrictServer(
    { receiveTimeout, sendTimeout, trustedProxies, maxConnections, connections: open, url },
    (req, res) => {
      if (!images.send(req, res)) forward(req, res);
    },
  );
  server.on('clientError', (error, socket) => refuseConnection(error, socket as never, url));
  server.on('connection', (socket) => {
    connections++;
    socket.once('close', () => connections--);
  });

  const tellCounts = () => {
    const { user, system } = process.cpuUsage();
    const own = { connections, cpuMs: (user + system) / 1000, memoryBytes: process.memoryUsage.rss() };
    tell({ kind: 'counts', counts: { ...hits.takeCounts(), ...own } });
  };
  const counting = setInterval(tellCounts, countEveryMs);

  const stop = async (grace: number) => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    await open.stop(milliseconds(grace + drainMs), (req, res) => sendFailure(req, res, stopping(), url));
    server.closeIdleConnections();
    const cut = setTimeout(() => server.closeAllConnections(), drainMs);
    await closed;
    clearTimeout(cut);
    clearInterval(counting);
    tellCounts();
    await store[Symbol.asyncDispose]();
    process.disconnect?.();
    process.exit(0);
  };
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'count') tellCounts();
    else if (message.kind === 'stop') void stop(message.grace);
  });
  server.once('error', (error: NodeJS.ErrnoException) => tell({ kind: 'failed', code: error.code ?? 'unknown' }));
  await collectGarbage(); // before the first request
  server.listen(config.port, config.host, () =>
    tell({ kind: 'listening', port: (server.address() as AddressInfo).port }),
  );
}

function tell(message: FromWorker): void {
  process.send?.(message);
}
