import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { Access } from '../../model/identity.ts';
import type { Api } from './api-server.ts';
import { readable } from './readable.ts';

/** How the OpenAPI document is built from the routes; `x-access` is what each one requires of its caller, `x-audit` what it writes into the audit log. */
export function documentOptions(url: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'OpenGraph+ management API',
        version: '1',
        description: 'What a site owner can see and do.',
      },
      servers: [{ url }],
      components: {
        securitySchemes: {
          websiteKey: { type: 'http', scheme: 'bearer', description: "A website's own key: ogplus_live_…" },
          personKey: { type: 'http', scheme: 'bearer', description: "A person's API key: ogplus_key_…" },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: `${url.startsWith('https:') ? '__Secure-' : ''}ogplus.session_token`,
            description: 'A signed-in person. Requests that change something must come from the same origin',
          },
        },
      },
    },
    transform: ({ schema, url: path, route }) => {
      const { access, audit } = route.config ?? {};
      const asked: object = { ...schema, security: securityOf(access), 'x-access': access, 'x-audit': audit };
      return { schema: asked, url: path };
    },
  };
}

/** The authentication methods that a route accepts. */
function securityOf(access: Access | undefined): Array<Record<string, string[]>> {
  const person = [{ session: [] }, { personKey: [] }];
  switch (access?.who) {
    case 'member':
    case 'identified':
      return [...person, { websiteKey: [] }];
    case 'person':
      return person;
    case 'session':
    case 'service-owner':
      return [{ session: [] }];
    default:
      return [];
  }
}

/** The document itself, for programs, and as a page for people. */
export function addDocument(api: Api): void {
  const config = { access: { who: 'anyone' } } as const;
  api.get('/openapi.json', { config, schema: { summary: 'This document' } }, async (_, reply) => {
    return reply.header('cache-control', 'no-cache').send(api.swagger());
  });
  api.get('/', { config, schema: { summary: 'This document as a page to read' } }, async (_, reply) => {
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    return reply.type('text/html; charset=utf-8').send(readable(api.swagger()));
  });
}
