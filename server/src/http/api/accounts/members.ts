import { hashOf, newToken } from '../../../accounts/links.ts';
import { ownBase } from '../../../accounts/own-origin.ts';
import type { PersonId } from '../../../model/identity.ts';
import { Problem } from '../../../model/problem.ts';
import { after, seconds } from '../../../model/units.ts';
import type { MemberChange } from '../../../store/ports/members.ts';
import { callerOf, memberOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { WebsiteParams } from '../schemas/common.ts';
import { InvitationParams, MemberParams, Members, NewInvitation, RoleBody } from '../schemas/members.ts';
import { timeOf } from '../time.ts';

// Long enough for a holiday; links that stay valid longer are found by others.
const invitationLasts = seconds(7 * 24 * 60 * 60);

/** Members of a website and their roles. */
export function addMemberRoutes(api: Api, { store: { members }, clock, url }: ApiOptions): void {
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

  const change = { summary: 'Change the role of a member', params: MemberParams, body: RoleBody };
  const memberPath = '/websites/:websiteId/members/:userId';
  api.patch(memberPath, { config: owner, schema: change }, async (request, reply) => {
    const { userId } = request.params;
    throwUnlessDone(await members.changeRole(memberOf(request).website.id, userId as PersonId, request.body.role));
    return reply.code(204).send();
  });

  const remove = { summary: 'Remove a member, or leave', params: MemberParams };
  api.delete(memberPath, { config: orSelf, schema: remove }, async (request, reply) => {
    throwUnlessDone(await members.remove(memberOf(request).website.id, request.params.userId as PersonId));
    return reply.code(204).send();
  });

  const invite = {
    summary: 'Create an invitation link; it works once, and is shown once',
    params: WebsiteParams,
    body: RoleBody,
    response: { 201: NewInvitation },
  };
  api.post('/websites/:websiteId/invitations', { config: owner, schema: invite }, async (request, reply) => {
    const caller = callerOf(request);
    const { role } = request.body;
    const token = newToken();
    const createdAt = clock.now();
    const expiresAt = after(createdAt, invitationLasts);
    const id = await members.invite({
      websiteId: memberOf(request).website.id,
      role,
      tokenHash: hashOf(token),
      createdBy: 'personId' in caller ? caller.personId : null,
      createdAt,
      expiresAt,
    });
    if (id === undefined) throw new Problem('unknown-website', 'The website was removed a moment ago.');
    const link = `${ownBase(url, request.headers.host)}/invitation/${token}`;
    return reply.code(201).send({ id, role, expiresAt: timeOf(expiresAt), link });
  });

  const withdraw = { summary: 'Withdraw an invitation', params: InvitationParams };
  const invitationPath = '/websites/:websiteId/invitations/:invitationId';
  api.delete(invitationPath, { config: owner, schema: withdraw }, async (request, reply) => {
    const { invitationId } = request.params;
    if (!(await members.withdrawInvitation(memberOf(request).website.id, invitationId))) {
      throw new Problem('not-found', 'The website has no such invitation.');
    }
    return reply.code(204).send();
  });
}

function throwUnlessDone(change: MemberChange): void {
  if (change === 'no-member') throw new Problem('not-found', 'The website has no such member.');
  if (change === 'last-owner') {
    throw new Problem('conflict', 'The website needs an owner. Make another member an owner first.');
  }
}
