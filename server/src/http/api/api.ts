import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Access, Identity, Role } from '../../accounts/identity.ts';
import type { Website } from '../../websites/website.ts';
import { guardRoutes } from './access.ts';
import { addAccountRoutes } from './accounts.ts';
import { addApiKeyRoutes } from './api-keys.ts';
import { addConsumerRoutes } from './consumers.ts';
import { addDocument, documentOptions } from './document.ts';
import { addDrawingRoute } from './drawings.ts';
import { addFallbackRoutes } from './fallback-picture.ts';
import { addInvitationRoutes } from './invitations.ts';
import { addKeyRoutes } from './keys.ts';
import { addMemberRoutes } from './members.ts';
import { addNewWebsiteRoute } from './new-website.ts';
import type { ApiOptions } from './options.ts';
import { addPageRoute } from './page.ts';
import { addPageByUrlRoute } from './page-by-url.ts';
import { addPagesRoute } from './pages.ts';
import { addPictureRoute } from './picture.ts';
import { addPreviewRoutes } from './preview.ts';
import { addPurgeRoute } from './purges.ts';
import { schemaSentence } from './schema-sentence.ts';
import { addSessionRoutes } from './sessions.ts';
import { addUsageRoutes } from './usage.ts';
import { addWebsiteRoutes } from './websites.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route asks of its caller; every route of the API has one. */
    access?: Access;
  }
  interface FastifyRequest {
    /** Who asks; undefined for nobody known. */
    identity: Identity | undefined;
    /** The website of the path, and the caller's role there, where the route asks for one. */
    member: { readonly website: Website; readonly role: Role } | undefined;
  }
}

/** The routes of the API, each with its schemas. */
export type Api = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>;

/** The management API: what a site owner may know and do, as a person or by a key. */
export function addApi(app: FastifyInstance, options: ApiOptions): void {
  app.register(
    async (scope) => {
      await scope.register(swagger, documentOptions(options.url));
      const api = scope.withTypeProvider<TypeBoxTypeProvider>();
      guardRoutes(api, options);
      api.setSchemaErrorFormatter((errors) => new Error(schemaSentence(errors)));
      api.addHook('onSend', async (_, reply) => {
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
        reply.header('x-content-type-options', 'nosniff');
      });
      addDocument(api);
      addConsumerRoutes(api);
      addSessionRoutes(api, options);
      addAccountRoutes(api, options);
      addApiKeyRoutes(api, options);
      addWebsiteRoutes(api, options);
      addNewWebsiteRoute(api, options);
      addMemberRoutes(api, options);
      addInvitationRoutes(api, options);
      addFallbackRoutes(api, options);
      addKeyRoutes(api, options);
      addPagesRoute(api, options);
      addPictureRoute(api, options);
      addPageRoute(api, options);
      addPurgeRoute(api, options);
      addDrawingRoute(api, options);
      addUsageRoutes(api, options);
      addPreviewRoutes(api, options);
      addPageByUrlRoute(api, options);
    },
    { prefix: '/api/v1' },
  );
}
