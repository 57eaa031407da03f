import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { withoutSecrets } from './websites/secrets.ts';

/** @param destination standard error by default. */
export function logger(
  config: Pick<Config, 'logLevel'>,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  return pino({ level: config.logLevel, hooks: { streamWrite: withoutSecrets } }, destination);
}
