import type { RedirectHost } from '../model/website.ts';

/**
 * Whether a page of `origin` may redirect to `next`: to its own host, with any scheme and with or without `www.`, or to
 * the hosts that its owner named. A website's key must not draw other websites.
 */
export function mayRedirect(origin: string, next: string, hosts: readonly RedirectHost[]): boolean {
  if (origin === next) return true;
  const [from, to] = [new URL(origin), new URL(next)];
  const standardPorts = from.port === '' && to.port === '';
  const bare = (host: string) => host.replace(/^www\./, '');
  if (standardPorts && bare(from.hostname) === bare(to.hostname)) return true;
  // `*.example.com` is every host below example.com, not example.com itself.
  return hosts.some((host) => (host.startsWith('*.') ? to.host.endsWith(host.slice(1)) : to.host === host));
}
