import type { Protocol } from 'devtools-protocol';
import { product } from '../../model/product.ts';
import type { Cdp } from './cdp/cdp.ts';

const ours = `${product.name}/${product.version}`;
const system = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';

/**
 * The startup value, for the few requests that belong to no page: shared workers. The version is not known yet.
 */
export const startingAgent = `${system} Safari/537.36 ${ours}`;

/**
 * The `User-Agent` of our pages, in requests, in client hints (`Sec-CH-UA`) and in scripts: the real browser, and that it
 * renders for us. Not `HeadlessChrome`, which firewalls reject and which does not name us; and not a bot's, for which
 * scripts leave out what visitors see. The same system on every machine, so that a page looks the same on a laptop and a
 * server.
 * @param version Chromium's: `153.0.8010.0`.
 */
function userAgentOf(version: string): Protocol.Emulation.SetUserAgentOverrideRequest {
  const [major = ''] = version.split('.');
  return {
    // User-Agent reduction: Chrome sends the major version only.
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

/** Reads which browser it is (`HeadlessChrome/153.0.8010.0`), and the `User-Agent` of its pages. */
export async function readProduct(
  cdp: Cdp,
  options: Parameters<Cdp['send']>[2],
): Promise<{
  readonly product: string;
  readonly userAgent: Protocol.Emulation.SetUserAgentOverrideRequest;
}> {
  const { product } = await cdp.send('Browser.getVersion', undefined, options);
  return { product, userAgent: userAgentOf(product.split('/', 2)[1] ?? '') };
}
