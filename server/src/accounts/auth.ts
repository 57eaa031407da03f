import { apiKey } from '@better-auth/api-key';
import { APIError, type BetterAuthOptions, betterAuth } from 'better-auth';
import { createAuthMiddleware } from 'better-auth/api';
import type { FastifyBaseLogger } from 'fastify';
import type { Store } from '../store/ports/store.ts';
import { clientHeader, keyPrefix } from './auth-names.ts';
import { loopbackOrigin } from './own-origin.ts';
import { endLinksOf } from './reset-links.ts';

export interface AuthOptions {
  readonly accounts: Store['accounts'];
  /** Signs cookies. */
  readonly secret: string;
  /** The public base address. */
  readonly url: string;
  readonly log: FastifyBaseLogger;
  /** Called with the token of a new password link; without it there are none. No mail is sent. */
  readonly onResetLink?: (token: string) => void;
  /** Called with the person whose password was set or changed. */
  readonly onPassword?: (personId: string) => Promise<void>;
}

// The prefix and four more characters: enough to recognise one's own keys.
const shownOfKey = keyPrefix.length + 4;
const longestName = 100;

/** Options of better-auth; anything else has its default. */
export function authOptions({ accounts, secret, url, log, onResetLink, onPassword }: AuthOptions) {
  const { origin, protocol } = new URL(url);
  return {
    appName: 'OpenGraph+',
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    database: accounts,
    // A test service, or one opened as `localhost`, has another origin than configured.
    trustedOrigins: (request) => [loopbackOrigin(url, request?.headers.get('host') ?? undefined) ?? origin],
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: async ({ user }: { user: { id: string } }) => onPassword?.(user.id),
      ...(onResetLink && { sendResetPassword: async ({ token }: { token: string }) => onResetLink(token) }),
    },
    verification: { storeIdentifier: 'hashed' },
    user: { changeEmail: { enabled: false }, deleteUser: { enabled: false } },
    session: { expiresIn: 60 * 60 * 24 * 30, updateAge: 60 * 60 * 24, cookieCache: { enabled: false } },
    // In the database: for all processes, and across restarts. Ten attempts a minute are enough for a person.
    rateLimit: {
      enabled: true,
      storage: 'database',
      customRules: Object.fromEntries(
        ['/sign-in/email', '/sign-up/email', '/change-password', '/reset-password'].map((path) => [
          path,
          { window: 60, max: 10 },
        ]),
      ),
    },
    advanced: {
      cookiePrefix: 'ogplus',
      useSecureCookies: protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [clientHeader] },
      // Explicit, because NODE_ENV=test would disable them.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      // The migrations are ours, and tested.
      database: { validateSchema: false },
    },
    hooks: {
      after: createAuthMiddleware(async ({ path, context }) => {
        const { returned, session } = context;
        if (path === '/change-password' && !(returned instanceof APIError) && session)
          await onPassword?.(session.user.id);
      }),
    },
    databaseHooks: {
      user: {
        create: { before: async (user) => checkName(user) },
        update: { before: async (user) => checkName(user) },
      },
    },
    plugins: [
      apiKey({
        defaultPrefix: keyPrefix,
        requireName: true,
        maximumNameLength: longestName,
        enableMetadata: true,
        startingCharactersConfig: { shouldStore: true, charactersLength: shownOfKey },
        keyExpiration: { minExpiresIn: 1, maxExpiresIn: 3650 },
        rateLimit: { enabled: false },
      }),
    ],
    telemetry: { enabled: false },
    logger: {
      // At any other level it also writes rejected requests to the console.
      level: 'info',
      // Rejections are reported to the caller; only internal errors are logged.
      log: (_, message, ...details: unknown[]) => {
        const fault = details.find((detail) => detail instanceof Error && !(detail instanceof APIError));
        if (fault === undefined) log.debug({ part: 'accounts' }, message);
        else log.error({ part: 'accounts', code: message, err: fault }, 'an account could not be read or written');
      },
    },
  } satisfies BetterAuthOptions;
}

function checkName({ name }: { readonly name?: string | undefined }): void {
  if (name !== undefined && (name.trim() === '' || name.length > longestName)) {
    throw new APIError('BAD_REQUEST', { code: 'INVALID_NAME', message: `A name has 1 to ${longestName} characters.` });
  }
}

export function createAuth(options: AuthOptions) {
  const auth = betterAuth(
    authOptions({ ...options, onPassword: (personId: string): Promise<void> => endLinksOf(auth.$context, personId) }),
  );
  return auth;
}

export type Auth = ReturnType<typeof createAuth>;
