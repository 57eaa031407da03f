import type { Auth, AuthOptions } from './auth.ts';

/** better-auth, once somebody needs it. */
export type LazyAuth = () => Promise<Auth>;

/**
 * Loads better-auth when it is first asked for, by a session, a person's key or somebody who signs in: it takes as long to
 * load as all other libraries of the service together, and a service that only sends cards needs none of it.
 */
export function lazyAuth(options: AuthOptions): LazyAuth {
  let auth: Promise<Auth> | undefined;
  return () => {
    auth ??= import('./auth.ts').then(({ createAuth }) => createAuth(options));
    return auth;
  };
}
