import type { Config } from '../../config.ts';
import { epochMs } from '../../model/units.ts';
import type { WebsiteId } from '../../model/website.ts';
import type { Store } from '../../store/ports/store.ts';
import { shownRemarks, shownWarmup } from '../../warmups/shown-warmup.ts';
import { usualConsumers } from '../../warmups/usual-consumers.ts';
import { CommandError } from '../terminal.ts';
import type { Backend } from './backend.ts';
import type { CommandLineAudit } from './command-line-audit.ts';

/** Warm-ups in a data folder: a running service that shares it does them, or else this process. */
export function warmupsOf(config: Config, store: Store, audit: CommandLineAudit): Backend['warmups'] {
  const { warmups } = store;
  const now = () => epochMs(Date.now());
  const find: Backend['warmups']['find'] = async (website, id) => {
    const warmup = await warmups.find(website.id as WebsiteId, id);
    if (warmup === undefined) throw new CommandError(`The website ${website.origin} was just removed.`);
    return shownWarmup(warmup);
  };
  return {
    find,
    last: async ({ id }) => (await warmups.of(id as WebsiteId, 1)).map(shownWarmup)[0],
    async start(website, { sitemap, consumers }) {
      const websiteId = website.id as WebsiteId;
      const networks = consumers ?? (await usualConsumers(store, websiteId, now()));
      const id = await warmups.create({ websiteId, sitemap, targets: null, consumers: networks, createdAt: now() });
      if (id === undefined) {
        throw new CommandError('A warm-up of this website is running. Wait until it is done, or stop it.');
      }
      await audit(websiteId, { kind: 'warmup.started', id, pages: null });
      return find(website, id);
    },
    async resume(website, id) {
      if (await warmups.resume(id)) await audit(website.id as WebsiteId, { kind: 'warmup.resumed', id });
      return find(website, id);
    },
    async stop(website, id) {
      const isStopped = await warmups.change(id, 'stopped', null, now());
      if (isStopped) await audit(website.id as WebsiteId, { kind: 'warmup.stopped', id });
    },
    remarks: (_, id) => shownRemarks(warmups, id),
    async worker() {
      const { startService } = await import('../../service.ts');
      return startService({ ...config, host: '127.0.0.1', port: 0 });
    },
  };
}
