import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import sirv from 'sirv';
import { securityFields } from './security-headers.ts';

/**
 * The dashboard's content security policy: everything is loaded from here, and pages may create images. Mantine writes its
 * theme into a `<style>`, and sizes into `style` attributes.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Addresses that are not the dashboard's: what is not found there is an error. */
export const notDashboard = /^\/((api|docs|problems)(\/|$)|preview\/)/;

const notBuilt = `OpenGraph+ is running, but its dashboard is not built. Run "node scripts/setup.mjs", then restart.
Websites can be added without it: npx ogplus site create https://example.com
`;

/**
 * Serves the built dashboard: its files, and its document at every other address that a browser opens. Files in `assets/`
 * have their hash in their names, so browsers cache them for good.
 * @param folder the build's output; if it is missing, `/` says so.
 */
export function addDashboard(app: FastifyInstance, folder: string, isHttps: boolean): void {
  if (!existsSync(join(folder, 'index.html'))) {
    app.get('/', async (_, reply) => reply.type('text/plain; charset=utf-8').send(notBuilt));
    return;
  }
  const fields = { ...securityFields(isHttps), 'content-security-policy': policy };
  const serve = sirv(folder, { etag: true, gzip: true, brotli: true, single: true, setHeaders });
  app.get('/*', (request, reply) => {
    if (notDashboard.test(request.url)) {
      reply.callNotFound();
      return;
    }
    reply.hijack();
    for (const [name, value] of Object.entries(fields)) reply.raw.setHeader(name, value);
    serve(request.raw, reply.raw);
  });
}

/** A file in `assets/` changes its name with its content. */
function setHeaders(res: ServerResponse, path: string): void {
  res.setHeader('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
}
