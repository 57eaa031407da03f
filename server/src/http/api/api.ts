import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import type { Access, Identity, Role } from '../../model/identity.ts';
import { Problem } from '../../model/problem.ts';
import type { Website } from '../../model/website.ts';
import { guardRoutes } from './access.ts';
import { addAccountRoutes } from './accounts/accounts.ts';
import { addApiKeyRoutes } from './accounts/api-keys.ts';
import { addInvitationRoutes } from './accounts/invitations.ts';
import { addMemberRoutes } from './accounts/members.ts';
import { addSessionRoutes } from './accounts/sessions.ts';
import { addAuditLogRoutes } from './audit/audit-log.ts';
import { auditRoutes } from './audit/audited-routes.ts';
import { addDeployHookRoutes } from './deploys/deploy-hooks.ts';
import { addHookRoute } from './deploys/hook.ts';
import { addDocument, documentOptions } from './document.ts';
import type { ApiOptions } from './options.ts';
import { addDrawingRoute } from './pages/drawings.ts';
import { addNamedPictureRoute } from './pages/named-picture.ts';
import { addNetworkRequestsRoute } from './pages/network-requests.ts';
import { addPageRoutes } from './pages/page.ts';
import { addPageEventsRoute } from './pages/page-events.ts';
import { addPagesRoute } from './pages/pages.ts';
import { addPictureRoute } from './pages/picture.ts';
import { addPreviewRoutes } from './pages/preview.ts';
import { addPurgeRoute } from './pages/purges.ts';
import { addProbeRoutes } from './probes/probes.ts';
import { schemaSentence } from './schema-sentence.ts';
import { addServiceRoutes } from './service/service.ts';
import { addSharedPreviewRoutes } from './shared-previews/shared-previews.ts';
import { addWarmupRoutes } from './warmups/warmups.ts';
import { addWebhookRoutes } from './webhooks/webhooks.ts';
import { addConsumerRoutes } from './websites/consumers.ts';
import { addFallbackRoutes } from './websites/fallback-picture.ts';
import { addIconRoute } from './websites/icon.ts';
import { addKeyRoutes } from './websites/keys.ts';
import { addNewWebsiteRoute } from './websites/new-website.ts';
import { addUsageRoutes } from './websites/usage.ts';
import { addWebsiteRoutes } from './websites/websites.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route requires of its caller; every route of the API has one. */
    access?: Access;
  }
  interface FastifyRequest {
    /** The authenticated caller, if any. */
    identity: Identity | undefined;
    /** The website in the path and the caller's role there, if the route requires one. */
    member:
      | {
          readonly website: Website;
          /** The purge version from before it was read. */
          readonly asOf: number;
          readonly role: Role;
        }
      | undefined;
  }
}

/** The management API: what a site owner can see and do, as a person or with a key. */
export function addApi(app: FastifyInstance, options: ApiOptions): void {
  app.register(
    async (scope) => {
      await scope.register(swagger, documentOptions(options.url));
      const api = scope.withTypeProvider<TypeBoxTypeProvider>();
      guardRoutes(api, options);
      auditRoutes(api, options);
      api.addHook('preHandler', async ({ params, query }) =>
        refuseHugeNumbers({ ...Object(params), ...Object(query) }),
      );
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
      addIconRoute(api, options);
      addKeyRoutes(api, options);
      addPagesRoute(api, options);
      addPictureRoute(api, options);
      addPageRoutes(api, options);
      addPageEventsRoute(api, options);
      addNetworkRequestsRoute(api, options);
      addPurgeRoute(api, options);
      addDrawingRoute(api, options);
      addUsageRoutes(api, options);
      addPreviewRoutes(api, options);
      addNamedPictureRoute(api, options);
      addWarmupRoutes(api, options);
      addDeployHookRoutes(api, options);
      addHookRoute(api, options);
      addWebhookRoutes(api, options);
      addProbeRoutes(api, options);
      addSharedPreviewRoutes(api, options);
      addAuditLogRoutes(api, options);
      addServiceRoutes(api, options);
    },
    { prefix: '/api/v1' },
  );
}

/** Digits in a path or query are coerced to numbers before validation: `1e999` becomes Infinity, which passes any limit. */
function refuseHugeNumbers(values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw new Problem('malformed-address', `The request cannot be read: ${name} must be a whole number.`);
    }
  }
}
