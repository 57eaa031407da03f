import { type DestinationStream, type Logger, multistream, pino } from 'pino';
import type { Config } from './config.ts';
import { systemClock } from './model/units.ts';
import { RecentErrors } from './operations/recent-errors.ts';
import { withoutSecrets } from './websites/secrets.ts';

/** The log, which remembers its last warnings and errors, whatever level is written. */
export type ServiceLog = Logger & { readonly recentErrors: RecentErrors };

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** @param destination standard error by default. */
export function logger(
  { logLevel }: Pick<Config, 'logLevel'>,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): ServiceLog {
  const recentErrors = new RecentErrors(systemClock);
  const isQuieter = levels.indexOf(logLevel) > levels.indexOf('warn');
  const streams = [
    ...(logLevel === 'silent' ? [] : [{ level: logLevel, stream: destination }]),
    { level: 'warn', stream: recentErrors },
  ];
  const log = pino(
    { level: isQuieter ? 'warn' : logLevel, hooks: { streamWrite: withoutSecrets } },
    multistream(streams as Parameters<typeof multistream>[0]),
  );
  return Object.assign(log, { recentErrors });
}
