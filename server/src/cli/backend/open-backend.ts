import type { Config } from '../../config.ts';
import type { Origin } from '../../model/website.ts';
import { CommandError, note } from '../terminal.ts';
import type { Backend, ListedWebsite } from './backend.ts';
import { type NamedService, namedService } from './named.ts';
import { noWebsite } from './no-website.ts';
import { noteStore } from './note-store.ts';

/** The service or data folder that this command uses; names it on standard error. @throws {CommandError} if there is none. */
export async function openBackend(config: Config): Promise<Backend> {
  const service = await namedService(config);
  if (service !== undefined) return openService(config, service);
  const { dataFolderBackend } = await import('./data-folder.ts');
  const backend = await dataFolderBackend(config);
  noteStore(config);
  return backend;
}

/** For commands that can do without: undefined where nothing is named and this machine has no store. */
export async function openBackendIfThere(config: Config): Promise<Backend | undefined> {
  const service = await namedService(config);
  if (service !== undefined) return openService(config, service);
  const { hasStore } = await import('../../store/data-folder.ts');
  return hasStore(config) ? openBackend(config) : undefined;
}

async function openService(config: Config, access: NamedService): Promise<Backend> {
  const { serviceBackend } = await import('./service.ts');
  const unused =
    access.by === 'login' && config.namesDataDir
      ? '. OGPLUS_DATA_DIR is not used. To use it, set OGPLUS_SERVICE=none'
      : '';
  note(`Service: ${access.service}, named by ${access.by === 'login' ? 'ogplus login' : access.by}${unused}`);
  return serviceBackend(access);
}

/** For commands that only the service's own machine can run. @throws {CommandError} where a service is named. */
export async function refuseService(config: Config, what: string): Promise<void> {
  const service = await namedService(config);
  if (service === undefined) return;
  throw new CommandError(
    `${what} on the service's own machine only, and ${service.service} is named by ${
      service.by === 'login' ? 'ogplus login' : service.by
    }. To work on a data folder of this machine, set OGPLUS_SERVICE=none.`,
  );
}

/** @throws {CommandError} if no website has the origin. */
export async function websiteOf({ websites }: Backend, origin: Origin): Promise<ListedWebsite> {
  const website = await websites.byOrigin(origin);
  if (website !== undefined) return website;
  throw noWebsite(origin);
}
