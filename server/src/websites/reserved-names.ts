/** The service's own names; no website can have them or names below them. */
export interface ServiceNames {
  /** The public base address. */
  readonly url: string;
  readonly connectionDomain: string;
}

/** @param name in lower case, without a trailing dot. */
export function isReserved(name: string, { url, connectionDomain }: ServiceNames): boolean {
  const own = [new URL(url).hostname.replace(/\.$/, ''), connectionDomain.replace(/\.$/, '')];
  return own.some((reserved) => name === reserved || name.endsWith(`.${reserved}`));
}
