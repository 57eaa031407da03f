import { hashOf } from '../../../accounts/links.ts';
import type { AuditAction } from '../../../model/audit.ts';
import type { PersonId } from '../../../model/identity.ts';
import { Problem } from '../../../model/problem.ts';
import { readableHost } from '../../../websites/readable-host.ts';
import { sessionOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import { noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { InvitedTo, Joined, TokenParams } from '../schemas/members.ts';
import { timeOf } from '../time.ts';
import { noteJoined } from './note-joined.ts';

/** What a link grants, for its recipient. */
export function addInvitationRoutes(api: Api, options: ApiOptions): void {
  const { signUp, clock } = options;
  const { members } = options.store;
  const nameOf = async (id: PersonId) => (await members.person(id))?.name ?? '';

  const look = { summary: 'What a link grants', params: TokenParams, response: { 200: InvitedTo } };
  api.get('/invitations/:token', { config: { access: { who: 'anyone' } }, schema: look }, async ({ params }) => {
    if (await signUp.isFirst(params.token)) return { kind: 'first' as const };
    const found = await members.invitation(hashOf(params.token), clock.now());
    if (found === undefined) throw notGood();
    const { origin, role, expiresAt } = found;
    return { kind: 'website' as const, origin, host: readableHost(origin), role, expiresAt: timeOf(expiresAt) };
  });

  const join = {
    summary: 'Accept an invitation; you keep a higher role that you already have',
    params: TokenParams,
    response: { 200: Joined },
  };
  const logsJoining = { access: { who: 'session' }, audit: ['member.joined', 'member.role-changed'] } as const;
  api.post('/invitations/:token', { config: logsJoining, schema: join }, async (request) => {
    const { personId } = sessionOf(request);
    const { token } = request.params;
    const before = await members.websitesOf(personId);
    if ((await signUp.isFirst(token)) && (await members.settleFirstAccount(personId, clock.now()))) {
      await noteJoined(options, request, { id: personId, name: await nameOf(personId) }, before);
      return { websiteId: null, role: 'owner' as const };
    }
    const taken = await members.takeInvitation(hashOf(token), clock.now());
    const from = taken && (await members.roleOf(personId, taken.websiteId));
    const role = taken && (await members.join(taken.websiteId, personId, taken.role, clock.now()));
    if (taken === undefined || role === undefined) throw notGood();
    const person = { personId, name: await nameOf(personId) };
    const joined: AuditAction =
      from === undefined
        ? { kind: 'member.joined', ...person, role }
        : { kind: 'member.role-changed', ...person, from, to: role };
    await noteChange(options, request, taken.websiteId, from === role ? [] : [joined]);
    return { websiteId: taken.websiteId, role };
  });
}

function notGood(): Problem {
  return new Problem('not-found', 'The link has expired, was withdrawn or was already used.');
}
