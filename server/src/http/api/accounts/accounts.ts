import type { FastifyRequest } from 'fastify';
import { Problem } from '../../../model/problem.ts';
import { clientIp } from '../../connection/client-address.ts';
import { personOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { Account, NewAccount, NewPassword, Person } from '../schemas/accounts.ts';
import { TokenParams } from '../schemas/members.ts';
import { timeOf } from '../time.ts';
import { noteJoined } from './note-joined.ts';

/** People's accounts. */
export function addAccountRoutes(api: Api, options: ApiOptions): void {
  const { store, signUp, trustedProxies } = options;
  const asking = ({ headers, raw }: FastifyRequest) => ({ headers, ip: clientIp(raw, trustedProxies) });

  const create = {
    summary: 'Create an account, with an invitation or with open sign-up, and sign in',
    body: NewAccount,
    response: { 201: Person },
  };
  const logsJoining = { access: { who: 'anyone' }, audit: ['member.joined'] } as const;
  api.post('/accounts', { config: logsJoining, schema: create }, async (request, reply) => {
    const { person, cookies } = await signUp.make(request.body, asking(request));
    await noteJoined(options, request, person);
    for (const cookie of cookies) reply.header('set-cookie', cookie);
    return reply.code(201).send(person);
  });

  const reset = {
    summary: 'Set a new password with a link from `ogplus account reset`; this ends all sessions of the account',
    params: TokenParams,
    body: NewPassword,
  };
  const anyone = { access: { who: 'anyone' }, audit: { none: 'it is about an account, not a website' } } as const;
  api.post('/password-resets/:token', { config: anyone, schema: reset }, async (request, reply) => {
    const { password, revokeKeys = false } = request.body;
    await signUp.resetPassword(request.params.token, { password, revokeKeys }, asking(request));
    return reply.code(204).send();
  });

  const own = { summary: 'Your account', response: { 200: Account } };
  api.get('/account', { config: { access: { who: 'person' } }, schema: own }, async (request) => {
    const person = await store.members.person(personOf(request).personId);
    if (person === undefined) throw new Problem('unauthorised', 'The account was removed.');
    return { ...person, createdAt: timeOf(person.createdAt) };
  });
}
