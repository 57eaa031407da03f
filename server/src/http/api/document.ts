import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { Access } from '../../model/identity.ts';
import type { Api } from './api-server.ts';
import { readable } from './readable.ts';
import { mediaTypes, Problem } from './schemas/common.ts';

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
    refResolver: { buildLocalReference: ({ $id }) => String($id) },
    transform: ({ schema, url: path, route }) => {
      const { access, audit } = route.config ?? {};
      const asked: object = {
        ...schema,
        operationId: nameOf([route.method].flat()[0] ?? '', path),
        security: securityOf(access),
        response: { ...Object(schema?.response), default: problem },
        'x-access': access,
        'x-audit': audit,
      };
      return { schema: asked, url: path };
    },
  };
}

/** Every status that an operation does not name itself. */
const problem = { description: 'A problem', content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } } };

/** `getWebsitesByWebsiteIdPages`: what generated clients call it. */
function nameOf(method: string, path: string): string {
  const words = path
    .replace(/^\/api\/v1/, '')
    .replaceAll(':', 'by-')
    .split(/[^A-Za-z0-9]+/);
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
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
  api.addSchema(Problem);
  const json = { summary: 'This document', response: { 200: mediaTypes('application/json') } };
  const page = { summary: 'This document as a page to read', response: { 200: mediaTypes('text/html') } };
  api.get('/openapi.json', { config, schema: json }, async (_, reply) => {
    return reply.header('cache-control', 'no-cache').send(api.swagger());
  });
  api.get('/', { config, schema: page }, async (_, reply) => {
    reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    return reply.type('text/html; charset=utf-8').send(readable(api.swagger()));
  });
}
