import { hashOf, newToken } from '../../../accounts/links.ts';
import { ownBase } from '../../../accounts/own-origin.ts';
import { Problem } from '../../../model/problem.ts';
import { after, seconds } from '../../../model/units.ts';
import type { WebsiteId } from '../../../model/website.ts';
import type { Member, MemberChange } from '../../../store/ports/members.ts';
import { callerOf, memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import { noteChange } from '../audit/audited-routes.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { InvitationParams, MemberParams, Members, NewInvitation, RoleBody } from '../schemas/members.ts';
import { timeOf } from '../time.ts';

// Long enough for a holiday; links that stay valid longer are found by others.
const invitationLasts = seconds(7 * 24 * 60 * 60);

/** Members of a website and their roles. */
export function addMemberRoutes(api: Api, options: ApiOptions): void {
  const { clock, url } = options;
  const { members } = options.store;
  const viewer = { access: { who: 'member', role: 'viewer', scope: 'website:read' } } as const;
  const owner = { access: { who: 'member', role: 'owner', scope: 'members:write' } } as const;
  const orSelf = { access: { ...owner.access, orSelf: 'userId' } } as const;

  const list = { summary: 'Members of a website, and invitations', params: WebsiteParams, response: { 200: Members } };
  api.get('/websites/:websiteId/members', { config: viewer, schema: list }, async (request) => {
    const { website, role } = memberOf(request);
    const caller = callerOf(request);
    const you = 'personId' in caller ? caller.personId : undefined;
    const found = await members.of(website.id);
    const invitations = role === 'owner' ? await members.invitationsOf(website.id, clock.now()) : [];
    return {
      members: found.map(({ personId, ...member }) => ({ userId: personId, ...member, you: personId === you })),
      invitations: invitations.map(({ id, role, createdAt, expiresAt, createdByName }) => ({
        id,
        role,
        createdAt: timeOf(createdAt),
        expiresAt: timeOf(expiresAt),
        createdBy: createdByName,
      })),
    };
  });

  const memberNamed = async (websiteId: WebsiteId, userId: string): Promise<Member> => {
    const found = (await members.of(websiteId)).find(({ personId }) => personId === userId);
    if (found === undefined) throw noMember();
    return found;
  };

  const change = { summary: 'Change the role of a member', params: MemberParams, body: RoleBody };
  const memberPath = '/websites/:websiteId/members/:userId';
  const logsRole = { ...owner, audit: ['member.role-changed'] } as const;
  api.patch(memberPath, { config: logsRole, schema: change }, async (request, reply) => {
    const [{ id }, to] = [memberOf(request).website, request.body.role];
    const { personId, name, role: from } = await memberNamed(id, request.params.userId);
    throwUnlessDone(await members.changeRole(id, personId, to));
    const changed = { kind: 'member.role-changed', personId, name, from, to } as const;
    await noteChange(options, request, id, from === to ? [] : [changed]);
    return reply.code(204).send();
  });

  const remove = { summary: 'Remove a member, or leave', params: MemberParams };
  const logsRemoval = { ...orSelf, audit: ['member.removed'] } as const;
  api.delete(memberPath, { config: logsRemoval, schema: remove }, async (request, reply) => {
    const { id } = memberOf(request).website;
    const { personId, name, role } = await memberNamed(id, request.params.userId);
    throwUnlessDone(await members.remove(id, personId));
    await noteChange(options, request, id, [{ kind: 'member.removed', personId, name, role }]);
    return reply.code(204).send();
  });

  const invite = {
    summary: 'Create an invitation link; it works once, and is shown once',
    params: WebsiteParams,
    body: RoleBody,
    response: { 201: NewInvitation },
  };
  const logsInvitation = { ...owner, audit: ['member.invited'] } as const;
  api.post('/websites/:websiteId/invitations', { config: logsInvitation, schema: invite }, async (request, reply) => {
    const { id: websiteId } = memberOf(request).website;
    const caller = callerOf(request);
    const { role } = request.body;
    const token = newToken();
    const createdAt = clock.now();
    const expiresAt = after(createdAt, invitationLasts);
    const id = await members.invite({
      websiteId,
      role,
      tokenHash: hashOf(token),
      createdBy: 'personId' in caller ? caller.personId : null,
      createdAt,
      expiresAt,
    });
    if (id === undefined) throw new Problem('unknown-website', 'The website was removed a moment ago.');
    await noteChange(options, request, websiteId, [{ kind: 'member.invited', id, role }]);
    const link = `${ownBase(url, request.headers.host)}/invitation/${token}`;
    return reply.code(201).send({ id, role, expiresAt: timeOf(expiresAt), link });
  });

  const withdraw = { summary: 'Withdraw an invitation', params: InvitationParams };
  const invitationPath = '/websites/:websiteId/invitations/:invitationId';
  const logsWithdrawal = { ...owner, audit: ['member.invitation-withdrawn'] } as const;
  api.delete(invitationPath, { config: logsWithdrawal, schema: withdraw }, async (request, reply) => {
    const { id: websiteId } = memberOf(request).website;
    const open = await members.invitationsOf(websiteId, clock.now());
    const found = open.find(({ id }) => id === request.params.invitationId);
    if (found === undefined || !(await members.withdrawInvitation(websiteId, found.id))) {
      throw new Problem('not-found', 'The website has no such invitation.');
    }
    const { id, role } = found;
    await noteChange(options, request, websiteId, [{ kind: 'member.invitation-withdrawn', id, role }]);
    return reply.code(204).send();
  });
}

function throwUnlessDone(change: MemberChange): void {
  if (change === 'no-member') throw noMember();
  if (change === 'last-owner') {
    throw new Problem('conflict', 'The website needs an owner. Make another member an owner first.');
  }
}

function noMember(): Problem {
  return new Problem('not-found', 'The website has no such member.');
}
