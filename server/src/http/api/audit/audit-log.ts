import { actorId, kindsOf } from '../../../model/audit.ts';
import { memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { readCursor, writeCursor } from '../pages/cursor.ts';
import { AuditActors, AuditLog, AuditLogQuery } from '../schemas/audit.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { timeOf } from '../time.ts';

const mostActors = 200;

/** Who changed what of a website. */
export function addAuditLogRoutes(api: Api, { store }: ApiOptions): void {
  // As keys and hooks are for editors; where somebody was is for owners.
  const editor = { access: { who: 'member', role: 'editor', scope: 'website:read' } } as const;
  const list = {
    summary: 'Who changed what on a website, newest first',
    params: WebsiteParams,
    querystring: AuditLogQuery,
    response: { 200: AuditLog },
  };
  api.get('/websites/:websiteId/audit-log', { config: editor, schema: list }, async (request) => {
    const { website, role } = memberOf(request);
    const { action, actor = null, limit = 50, cursor } = request.query;
    const kinds = action === undefined ? null : kindsOf(action);
    const before = cursor === undefined ? null : readCursor(cursor).id;
    const found = await store.audit.of(website.id, { kinds, actor, limit: limit + 1, before });
    const entries = found.slice(0, limit);
    const last = found.length > limit ? entries.at(-1) : undefined;
    return {
      entries: entries.map(({ id, at, address, ...entry }) => ({
        id,
        at: timeOf(at),
        actor: entry.actor,
        action: entry.action,
        address: role === 'owner' ? address : null,
      })),
      next: last === undefined ? null : writeCursor({ value: last.id, id: last.id }),
    };
  });

  const actors = {
    summary: 'Who is in the audit log of a website',
    params: WebsiteParams,
    response: { 200: AuditActors },
  };
  api.get('/websites/:websiteId/audit-log/actors', { config: editor, schema: actors }, async (request) => {
    const found = await store.audit.lastOfEach(memberOf(request).website.id, mostActors);
    return { actors: found.map(({ actor, at }) => ({ id: actorId(actor), actor, lastAt: timeOf(at) })) };
  });
}
