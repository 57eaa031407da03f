import { Problem } from '../../../model/problem.ts';
import { identify, sessionOf } from '../access.ts';
import type { Api } from '../api-server.ts';
import type { ApiOptions } from '../options.ts';
import { SessionParams, SessionState, Sessions } from '../schemas/accounts.ts';

/** The caller's session, and their other sessions. */
export function addSessionRoutes(api: Api, options: ApiOptions): void {
  const { store, sessions, signUp } = options;
  const session = { access: { who: 'session' }, audit: { none: 'it is about an account, not a website' } } as const;

  const state = { summary: 'Who is signed in, and whether any account exists', response: { 200: SessionState } };
  api.get('/session', { config: { access: { who: 'anyone' } }, schema: state }, async (request, reply) => {
    const identity = await identify(options, request, reply);
    const person = identity && 'personId' in identity ? await store.members.person(identity.personId) : undefined;
    const owner = await store.members.firstAccount();
    return {
      person: person === undefined ? null : { id: person.id, name: person.name, email: person.email },
      firstAccount: owner === undefined,
      openSignUp: signUp.isOpen,
      ownsService: identity?.kind === 'session' && identity.personId === owner,
    };
  });

  const list = { summary: 'Your sessions', response: { 200: Sessions } };
  api.get('/account/sessions', { config: session, schema: list }, async (request) => {
    const { personId, sessionId } = sessionOf(request);
    const found = await sessions.of(personId);
    return {
      sessions: found.map(({ createdAt, updatedAt, expiresAt, ...one }) => ({
        ...one,
        current: one.id === sessionId,
        createdAt: createdAt.toISOString(),
        updatedAt: updatedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
      })),
    };
  });

  const endOne = { summary: 'End one of your sessions', params: SessionParams };
  api.delete('/account/sessions/:sessionId', { config: session, schema: endOne }, async (request, reply) => {
    const { personId } = sessionOf(request);
    const ended = await sessions.end(personId, (id) => id === request.params.sessionId);
    if (ended === 0) throw new Problem('not-found', 'You have no such session.');
    return reply.code(204).send();
  });

  const endOthers = { summary: 'End all your other sessions' };
  api.delete('/account/sessions', { config: session, schema: endOthers }, async (request, reply) => {
    const { personId, sessionId } = sessionOf(request);
    await sessions.end(personId, (id) => id !== sessionId);
    return reply.code(204).send();
  });
}
