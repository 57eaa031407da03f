import type { ReadImage } from '../../cards/inspect/named-image.ts';
import type { HostName } from '../../model/website.ts';
import type { Websites } from '../../store/ports/websites.ts';
import { parseImageAddress } from './image-address.ts';
import { cardOf, drawsNothing, imageByForm, signedCard } from './image-by-form.ts';

export interface OwnImageOptions {
  /** The public base address of the service. */
  readonly url: string;
  readonly connectionDomain: string;
  /** The known websites; undefined if there is no store: addresses are then judged by their form alone. */
  readonly websites: Pick<Websites, 'byConnection' | 'byPublicKey' | 'byOwnHost'> | undefined;
}

/** Recognises our image addresses, and the page and website that they are of. */
export function readOwnImage({ url: service, connectionDomain, websites }: OwnImageOptions): ReadImage {
  if (websites === undefined) return async (url) => imageByForm(url, connectionDomain);

  return async (url) => {
    const raw = url.pathname + url.search;
    const address = parseImageAddress(url.host, raw, connectionDomain);
    if (address === undefined) {
      const website = await websites.byOwnHost(url.hostname as HostName); // as the URL standard spells it
      return website === undefined ? { kind: 'foreign' } : cardOf(website.origin, raw, website);
    }
    if (address.key === undefined) return imageByForm(url, connectionDomain);
    if (address.kind === 'connection') {
      const website = await websites.byConnection(address.key);
      return website === undefined
        ? drawsNothing(`No website has the connection "${address.key}".`)
        : cardOf(website.origin, address.rest, website);
    }
    const website = address.kind === 'own-host' ? undefined : await websites.byPublicKey(address.key);
    // Another service's key is unknown here, which proves nothing.
    if (website === undefined && url.host === new URL(service).host) {
      return drawsNothing('Its key is unknown or was revoked.');
    }
    const origin = website?.origin ?? null;
    return address.kind === 'signed' ? signedCard(origin, address.rest) : cardOf(origin, address.rest, website);
  };
}
