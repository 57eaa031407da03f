import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Accounts } from '../accounts/accounts.ts';
import { sentenceOf } from '../accounts/auth-failures.ts';
import type { Network } from '../model/network.ts';
import { clientIp } from './connection/client-address.ts';

/** The routes of better-auth that we expose, and the body fields passed to each. All others answer 404. */
const routes: ReadonlyArray<readonly [path: string, fields: readonly string[]]> = [
  ['/sign-in/email', ['email', 'password', 'rememberMe']],
  ['/sign-out', []],
  ['/change-password', ['currentPassword', 'newPassword', 'revokeOtherSessions']],
  ['/update-user', ['name']],
];

// Names, addresses and passwords.
const bodyLimit = 4096;

/** Signing in and out, and changes to one's own account, by better-auth. */
export function addAuth(app: FastifyInstance, accounts: Accounts, trustedProxies: readonly Network[]): void {
  app.register(
    async (scope) => {
      scope.addHook('onSend', async (_, reply) => {
        reply.header('cache-control', 'no-store');
      });
      // In better-auth's format.
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

async function pass(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  const retryAfter = response.headers.get('x-retry-after');
  if (retryAfter !== null) reply.header('retry-after', retryAfter);
  const text = await response.text();
  // The cookie is the session; scripts must not see its token.
  const { token: _, ...fields } = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  if (response.ok) return reply.code(response.status).send(fields);
  const code = String(fields['code'] ?? codes[response.status] ?? 'REFUSED');
  return reply.code(response.status).send({ ...fields, code, message: sentenceOf(code) ?? fields['message'] });
}

/** For errors of better-auth without a code. */
const codes: Readonly<Record<number, string>> = { 401: 'UNAUTHORIZED', 429: 'TOO_MANY_REQUESTS' };
