import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { Api } from './api.ts';
import { readable } from './readable.ts';

/** How the OpenAPI document is made of the routes; `x-access` is what each one asks of its caller. */
export function documentOptions(url: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'OpenGraph+ management API',
        version: '1',
        description: 'What a site owner may know and do.',
      },
      servers: [{ url }],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'ogplus_live_… of a website' },
        },
      },
    },
    transform: ({ schema, url: path, route }) => {
      const { access } = route.config ?? {};
      const security = access === undefined || access.who === 'anyone' ? {} : { security: [{ key: [] }] };
      const asked: object = { ...schema, ...security, 'x-access': access };
      return { schema: asked, url: path };
    },
  };
}

/** The document itself, for programs, and as a page for people. */
export function addDocument(api: Api): void {
  const config = { access: { who: 'anyone' } } as const;
  api.get('/openapi.json', { config, schema: { summary: 'This document' } }, async (_, reply) => {
    return reply.header('cache-control', 'no-cache').send(api.swagger());
  });
  api.get('/', { config, schema: { summary: 'This document, to read' } }, async (_, reply) => {
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    return reply.type('text/html; charset=utf-8').send(readable(api.swagger()));
  });
}
