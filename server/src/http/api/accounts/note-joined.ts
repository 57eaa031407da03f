import type { FastifyRequest } from 'fastify';
import type { PersonId } from '../../../model/identity.ts';
import type { Website } from '../../../model/website.ts';
import { noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';

/** Writes into the audit logs that the person is a member now. @param before the person's websites until then. */
export async function noteJoined(
  options: ApiOptions,
  request: FastifyRequest,
  { id, name }: { readonly id: PersonId; readonly name: string },
  before: readonly Website[] = [],
): Promise<void> {
  const { members } = options.store;
  const known = new Set(before.map((website) => website.id));
  request.isAudited = true;
  for (const website of await members.websitesOf(id)) {
    const role = known.has(website.id) ? undefined : await members.roleOf(id, website.id);
    if (role === undefined) continue;
    const joined = { kind: 'member.joined', personId: id, name, role } as const;
    await noteChange(options, request, website.id, [joined], { kind: 'person', id, name });
  }
}
