// `npm run gallery`: the site, and a service that draws its cards, in one process.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connectionUrl, readConfig } from '../../server/src/config.ts';
import { startService } from '../../server/src/service.ts';
import { newConnection, newPublicKey } from '../../server/src/websites/keys.ts';
import { parseOrigin } from '../../server/src/websites/parse.ts';
import { startSite } from './site.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4000' } } });
const config = readConfig({
  OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
  OGPLUS_DATA_DIR: fileURLToPath(new URL('data', import.meta.url)),
  OGPLUS_LOG_LEVEL: 'warn',
  ...process.env,
});

try {
  const site = await startSite(Number(values.port));
  const service = await startService(config);
  const origin = parseOrigin(site.url);
  const keys = { connection: newConnection(), publicKey: newPublicKey() };
  const { store } = service;
  const website =
    (await store.websites.byOrigin(origin)) ??
    (await store.websites.create({ origin, ...keys, createdAt: Date.now() }));
  if (website === undefined) throw new Error('The website could not be made. Try again.');
  site.cards = connectionUrl(config, website.connection);
  console.log(`The gallery is at ${site.url}, its cards at ${site.cards}. Ctrl-C ends both.`);

  const stop = async () => {
    await service[Symbol.asyncDispose]();
    await site[Symbol.asyncDispose]();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
