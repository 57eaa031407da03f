import { Failure } from '../../errors.ts';
import { clientIp } from '../client-address.ts';
import { personOf } from './access.ts';
import type { Api } from './api.ts';
import type { ApiOptions } from './options.ts';
import { Account, NewAccount, Person } from './schemas/accounts.ts';
import { timeOf } from './time.ts';

/** Accounts of persons. */
export function addAccountRoutes(api: Api, { store, signUp, trustedProxies }: ApiOptions): void {
  const create = {
    summary: 'Make an account, by a link or where anybody may, and sign in',
    body: NewAccount,
    response: { 201: Person },
  };
  api.post('/accounts', { config: { access: { who: 'anyone' } }, schema: create }, async (request, reply) => {
    const asking = { headers: request.headers, ip: clientIp(request.raw, trustedProxies) };
    const { person, cookies } = await signUp.make(request.body, asking);
    for (const cookie of cookies) reply.header('set-cookie', cookie);
    return reply.code(201).send(person);
  });

  const own = { summary: "One's own account", response: { 200: Account } };
  api.get('/account', { config: { access: { who: 'person' } }, schema: own }, async (request) => {
    const person = await store.members.person(personOf(request).personId);
    if (person === undefined) throw new Failure('unauthorised', 'The account is gone.');
    return { ...person, createdAt: timeOf(person.createdAt) };
  });
}
