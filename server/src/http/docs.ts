import { existsSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import sirv from 'sirv';
import { problemNamed } from './problem.ts';
import { securityFields } from './security-headers.ts';

/** The documentation loads its own files, and nothing inline. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const notBuilt = 'The documentation is not built. Run "node scripts/setup.mjs", then restart.\n';

/**
 * Serves the built documentation at `/docs/`, and leads problems' addresses to their pages there.
 * @param folder the build's output; if it is missing, `/docs/` says so.
 */
export function addDocs(app: FastifyInstance, folder: string, isHttps: boolean): void {
  app.get<{ Params: { type: string } }>('/problems/:type', async ({ params: { type } }, reply) => {
    if (problemNamed(type) === undefined) return reply.callNotFound();
    return reply.redirect(`/docs/problems/${type}/`, 308);
  });
  app.get('/docs', (_, reply) => reply.redirect('/docs/', 308));
  const lost = join(folder, '404.html');
  if (!existsSync(lost)) {
    app.get('/docs/*', async (_, reply) => reply.code(404).type('text/plain; charset=utf-8').send(notBuilt));
    return;
  }
  const fields = { ...securityFields(isHttps), 'content-security-policy': policy };
  const notFound = readFileSync(lost);
  const serve = sirv(folder, { etag: true, gzip: true, brotli: true, setHeaders });
  app.get('/docs/*', (request, reply) => {
    reply.hijack();
    const { raw: res } = reply;
    for (const [name, value] of Object.entries(fields)) res.setHeader(name, value);
    const req = Object.create(request.raw, { url: { value: request.url.slice('/docs'.length) } });
    serve(req, res, () => {
      res.writeHead(404, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
      res.end(request.method === 'HEAD' ? undefined : notFound);
    });
  });
}

/** A file in `assets/` is asked for with the hash of all of them. Sources are shown, never run. */
function setHeaders(res: ServerResponse, path: string): void {
  res.setHeader('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (path.endsWith('.md') || path.endsWith('.txt')) res.setHeader('content-type', 'text/plain; charset=utf-8');
}
