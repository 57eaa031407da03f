import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify';
import { resultWithin } from '../concurrency/result-within.ts';
import type { Network } from '../model/network.ts';
import { Problem } from '../model/problem.ts';
import { isFault } from '../model/store-unreachable.ts';
import { milliseconds } from '../model/units.ts';
import type { Renderer } from '../render/renderer.ts';
import { AllowedMethods, methodNotAllowed } from './allowed-methods.ts';
import { addApi } from './api/api.ts';
import type { ApiOptions } from './api/options.ts';
import { addAuth } from './auth.ts';
import { addCertificateNames } from './certificate-names.ts';
import { clientIp, isWithin, notePeer } from './connection/client-address.ts';
import type { Connections } from './connection/connections.ts';
import { type OwnNames, refuseOtherNames } from './connection/own-names.ts';
import { refuseConnection } from './connection/refuse-connection.ts';
import { bringsBody } from './connection/request-line.ts';
import { createStrictServer, type StrictServerOptions } from './connection/strict-server.ts';
import { addDashboard } from './dashboard.ts';
import { addDocs } from './docs.ts';
import { sendFailure } from './images/image-response.ts';
import { type ImagesOptions, imageHandler } from './images/images.ts';
import { lazySchemas } from './lazy-schemas.ts';
import { asFailure, replyProblem } from './problem-reply.ts';
import { addProbe, type ProbeOptions } from './public/probe.ts';
import { addSharedPreview, type SharedPreviewOptions } from './public/shared-preview.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { clientField } from './workers/forward.ts';

export interface ServerOptions
  extends Omit<ImagesOptions, 'onFault'>,
    ApiOptions,
    StrictServerOptions,
    OwnNames,
    ProbeOptions,
    SharedPreviewOptions {
  readonly renderer: Renderer;
  readonly connections: Connections;
  /** Networks that may request `/metrics`. */
  readonly metricsNetworks: readonly Network[];
  /** The dashboard's build folder. */
  readonly dashboardDir: string;
  /** The documentation's build folder. */
  readonly docsDir: string;
  /** Whether all requests come from HTTP workers, which tell the client's address. */
  readonly behindWorkers: boolean;
  readonly log: FastifyBaseLogger;
}

// Requests of the management API are a few hundred bytes.
const bodyLimit = 65_536;

// Our User-Agent links here, for whoever finds it in a log.
const about = `OpenGraph+ draws the social-card images of websites whose owners have added them here.

It fetches a page when somebody asks for the page's card, and keeps the picture for as long as the page's own cache
headers say: Cache-Control, Expires, ETag and Last-Modified. "Cache-Control: max-age=86400" means one fetch a day.
Redirects are followed on the same website only. No cookies are sent. A website that was never added is never fetched.
`;

// Orchestrators give up after a few seconds.
const readyDeadline = milliseconds(2000);

async function inTime(check: Promise<void>): Promise<void> {
  const isWell = await resultWithin(
    readyDeadline,
    check.then(() => true),
  );
  if (isWell !== true) throw new Error('It did not answer in time.');
}

function nothingFor({ url: target, method }: FastifyRequest, allowed: AllowedMethods): Problem {
  const methods = allowed.at(target.split('?', 1)[0] ?? '');
  const isThere = methods.length > 0 && !methods.includes(method);
  return isThere ? methodNotAllowed(methods.join(', ')) : new Problem('not-found', 'There is nothing at this address.');
}

/** The HTTP server: image addresses on the bare server, everything else on Fastify's routes. */
export function createHttpServer(options: ServerOptions): FastifyInstance {
  const { store, renderer, tally, log, url, trustedProxies, metricsNetworks } = options;
  const images = imageHandler({
    ...options,
    onFault: (error, req) => log.error({ err: error, url: req.url }, 'image request failed'),
  });

  const app = Fastify({
    loggerInstance: log.child({}, { level: 'warn' }), // whoever starts it reports where it listens
    // Unknown fields in a body or query are an error, not ignored.
    ajv: { customOptions: { removeAdditional: false } },
    schemaController: { compilersFactory: lazySchemas },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    return503OnClosing: false, // requests on open connections are answered (connections.ts)
    frameworkErrors: (error, _, reply) => void replyProblem(reply, asFailure(error), url),
    serverFactory: (route) =>
      createStrictServer(options, (req, res) => {
        if (options.behindWorkers) notePeer(req, String(req.headers[clientField] ?? ''));
        if (images(req, res)) return;
        try {
          refuseOtherNames(req, options);
        } catch (error) {
          if (bringsBody(req)) res.shouldKeepAlive = false; // the body is not read
          sendFailure(req, res, error, url);
          return;
        }
        route(req, res);
      }),
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, url),
    bodyLimit,
  });

  const allowed = new AllowedMethods();
  allowed.follow(app);
  addSecurityHeaders(app, url.startsWith('https:'));
  // Before Fastify judges a body that nobody wants.
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    if (bringsBody(request.raw)) reply.raw.shouldKeepAlive = false; // the body is not read
    throw nothingFor(request, allowed);
  });
  app.server.on('connection', (socket) => {
    tally.connections++;
    socket.once('close', () => tally.connections--);
  });
  app.setErrorHandler((error, request, reply) => {
    const failure = asFailure(error);
    if (isFault(failure)) log.error({ err: error, url: request.url }, 'request failed');
    return replyProblem(reply, failure, url);
  });
  app.get('/about', async (_, reply) => {
    reply.type('text/plain; charset=utf-8');
    return about;
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    if (options.connections.isStopping) return reply.code(503).send({ service: 'stopping' });
    const [kept, drawn] = await Promise.allSettled([store.check(), renderer.check()].map(inTime));
    if (kept?.status === 'rejected') log.error({ err: kept.reason }, 'store check failed');
    const ready = kept?.status === 'fulfilled' && drawn?.status === 'fulfilled';
    const word = (result: PromiseSettledResult<unknown> | undefined) =>
      result?.status === 'fulfilled' ? 'ok' : 'failing';
    return reply.code(ready ? 200 : 503).send({ store: word(kept), browser: word(drawn) });
  });
  app.get('/metrics', async (request, reply) => {
    // The websites and their traffic are the operator's business only.
    if (!isWithin(clientIp(request.raw, trustedProxies), metricsNetworks)) return reply.callNotFound();
    reply.type(tally.registry.contentType);
    return tally.metrics();
  });
  addCertificateNames(app, options);
  addAuth(app, options.accounts, trustedProxies);
  addApi(app, options);
  addProbe(app, options);
  addSharedPreview(app, options);
  addDocs(app, options.docsDir, url.startsWith('https:'));
  addDashboard(app, options.dashboardDir, url.startsWith('https:'));
  app.setNotFoundHandler((request, reply) => replyProblem(reply, nothingFor(request, allowed), url));
  return app;
}
