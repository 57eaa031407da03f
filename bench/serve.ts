import { pathOf, startUntil } from './processes.ts';

/**
 * Starts a service on a free port; `match[1]` is its address. It draws as fast as it is asked to: what is measured is the
 * machine, not the quotas.
 * @param more settings.
 */
export function serve(data: string, more: Readonly<Record<string, string>> = {}) {
  const settings = {
    OGPLUS_DATA_DIR: data,
    OGPLUS_PORT: '0',
    OGPLUS_ALLOW_NETWORKS: '127.0.0.0/8',
    OGPLUS_LOG_LEVEL: 'error',
    OGPLUS_WEBSITE_RENDERS_PER_MINUTE: '100000',
    OGPLUS_CLIENT_RENDERS_PER_MINUTE: '100000',
    ...more,
  };
  return startUntil(process.execPath, [pathOf('../server/bin/ogplus.js'), 'serve'], settings, /ready at (\S+)/);
}
