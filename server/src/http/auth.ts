import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Accounts } from '../accounts/accounts.ts';
import { sentenceOf } from '../accounts/auth-failures.ts';
import type { Network } from '../model/network.ts';
import { clientIp } from './connection/client-address.ts';

/** The routes of better-auth that answer, and what of a body gets to each. All others are not there. */
const routes: ReadonlyArray<readonly [path: string, fields: readonly string[]]> = [
  ['/sign-in/email', ['email', 'password', 'rememberMe']],
  ['/sign-out', []],
  ['/change-password', ['currentPassword', 'newPassword', 'revokeOtherSessions']],
  ['/update-user', ['name']],
];

// Names, addresses and passwords.
const bodyLimit = 4096;

/** Signing in and out, and what a person may change of their own account: better-auth's work. */
export function addAuth(app: FastifyInstance, accounts: Accounts, trustedProxies: readonly Network[]): void {
  app.register(
    async (scope) => {
      scope.addHook('onSend', async (_, reply) => {
        reply.header('cache-control', 'no-store');
      });
      // As better-auth says it.
      scope.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
        const { statusCode = 500, message } = error;
        if (statusCode >= 500) throw error;
        return reply.code(statusCode).send({ code: 'BAD_REQUEST', message });
      });
      for (const [path, fields] of routes) {
        scope.post(path, { bodyLimit }, async (request, reply) => {
          const asking = { headers: request.headers, ip: clientIp(request.raw, trustedProxies) };
          return pass(await accounts.ask(path, asking, picked(request.body, fields)), reply);
        });
      }
    },
    { prefix: '/api/auth' },
  );
}

function picked(body: unknown, fields: readonly string[]): object {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(Object.entries(body).filter(([name]) => fields.includes(name)));
}

async function pass(answer: Response, reply: FastifyReply): Promise<FastifyReply> {
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
  const retryAfter = answer.headers.get('x-retry-after');
  if (retryAfter !== null) reply.header('retry-after', retryAfter);
  const text = await answer.text();
  // A session is the cookie, and nothing that a script could read.
  const { token: _, ...said } = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  if (answer.ok) return reply.code(answer.status).send(said);
  const code = String(said['code'] ?? codes[answer.status] ?? 'REFUSED');
  return reply.code(answer.status).send({ ...said, code, message: sentenceOf(code) ?? said['message'] });
}

/** For those of better-auth's errors that name none. */
const codes: Readonly<Record<number, string>> = { 401: 'UNAUTHORIZED', 429: 'TOO_MANY_REQUESTS' };
