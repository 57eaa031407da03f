import type { OwnImage } from '../../cards/inspect/page-check.ts';
import { parsePageUrl, parseTarget } from '../../websites/parse.ts';
import { parseImageAddress } from './image-address.ts';

/** Tells our image addresses by their shape: which website they are of, only the service knows. */
export function ownImage(connectionDomain: string): OwnImage {
  return (url) => {
    const address = parseImageAddress(url.host, url.pathname + url.search, connectionDomain);
    if (address === undefined || (address.kind !== 'signed' && address.key === undefined)) return undefined;
    if (address.kind !== 'signed') return { target: parseTarget(address.rest)?.target ?? '' };
    const signed = new URLSearchParams(address.rest).get('url') ?? '';
    return { target: URL.canParse(signed) ? parsePageUrl(signed).target : '' };
  };
}
