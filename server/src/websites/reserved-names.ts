/** Names of the service: they are nobody's own, nor is what lies below them. */
export interface ServiceNames {
  /** The public base address. */
  readonly url: string;
  readonly connectionDomain: string;
}

/** @param name lower case, without a dot at its end. */
export function isReserved(name: string, { url, connectionDomain }: ServiceNames): boolean {
  const own = [new URL(url).hostname.replace(/\.$/, ''), connectionDomain.replace(/\.$/, '')];
  return own.some((reserved) => name === reserved || name.endsWith(`.${reserved}`));
}
