import type { Config } from '../../config.ts';
import { CommandError } from '../terminal.ts';
import { readLogin } from './login-file.ts';
import type { ServiceAccess } from './service-api.ts';

/** The service that commands use, and what named it; undefined: they use the data folder. */
export type NamedService = ServiceAccess & { readonly by: 'OGPLUS_SERVICE' | 'login' };

/**
 * `OGPLUS_SERVICE` comes first, `none` being no service at all; then the login of this person.
 * @throws {CommandError} for a service without a key.
 */
export async function namedService({ service, apiKey, loginFile }: Config): Promise<NamedService | undefined> {
  if (service === 'none') return undefined;
  const login = await readLogin(loginFile);
  if (service === undefined) return login && { ...login, apiKey: apiKey ?? login.apiKey, by: 'login' };
  const key = apiKey ?? (login?.service === service ? login.apiKey : undefined);
  if (key === undefined) {
    throw new CommandError(`There is no API key for ${service}. Set OGPLUS_API_KEY, or: npx ogplus login ${service}`);
  }
  return { service, apiKey: key, by: 'OGPLUS_SERVICE' };
}
