import type { Protocol } from 'devtools-protocol';
import { product } from '../../model/product.ts';
import type { Cdp } from './cdp.ts';

const ours = `${product.name}/${product.version}`;
const system = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';

/**
 * What the browser is started with, for the few that no page speaks for: shared workers. Its version is not known by then.
 */
export const startingAgent = `${system} Safari/537.36 ${ours}`;

/**
 * What a page says that it is drawn with, in its requests, in the hints that go with them (`Sec-CH-UA`) and to its scripts:
 * the browser it is, and that it draws for us. Not `HeadlessChrome`, which firewalls turn away and which does not say for
 * whom; and no bot, for which scripts leave things out that visitors see. The same system on every machine, so that a page
 * looks the same on a laptop and on a server.
 * @param version Chromium's: `153.0.8010.0`.
 */
export function userAgentOf(version: string): Protocol.Emulation.SetUserAgentOverrideRequest {
  const [major = ''] = version.split('.');
  return {
    // The version is written as Chrome writes it: the rest of it is for who asks (User-Agent reduction).
    userAgent: `${system} Chrome/${major}.0.0.0 Safari/537.36 ${ours}`,
    platform: 'Linux x86_64',
    userAgentMetadata: {
      brands: [
        { brand: 'Chromium', version: major },
        { brand: product.name, version: product.version },
      ],
      fullVersionList: [
        { brand: 'Chromium', version },
        { brand: product.name, version: product.version },
      ],
      platform: 'Linux',
      platformVersion: '',
      architecture: 'x86',
      bitness: '64',
      model: '',
      mobile: false,
      wow64: false,
    },
  };
}

/** What the pages of this browser say that they are drawn with. */
export async function readUserAgent(
  cdp: Cdp,
  options: Parameters<Cdp['send']>[2],
): Promise<Protocol.Emulation.SetUserAgentOverrideRequest> {
  const found = await cdp.send('Browser.getVersion', undefined, options);
  return userAgentOf(found.product.split('/', 2)[1] ?? '');
}
