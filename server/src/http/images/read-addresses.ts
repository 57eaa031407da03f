import type { IncomingMessage } from 'node:http';
import type { Directory } from '../../websites/directory.ts';
import type { ServiceNames } from '../../websites/reserved-names.ts';
import { type AskedCard, askedCard, type SecretKeyOf } from './card-request.ts';
import { type ImageAddress, ownHostsIn, parseImageAddress } from './image-address.ts';

export interface ReadAddressesOptions extends ServiceNames {
  readonly directory: Directory;
  readonly secretKeyOf: SecretKeyOf;
}

/** The image address of a request. */
export interface ReadAddress {
  readonly address: ImageAddress;
  readonly host: string;
  readonly raw: string;
  /** Of the websites when it was read: a change of one may change what addresses mean. */
  readonly version: number;
  /** What it means, once it was asked. */
  asked: AskedCard | undefined;
}

// Some 10 MB. Only addresses whose cards are kept are remembered, so that invented ones take no place.
const mostRemembered = 10_000;

/**
 * Reads image addresses, and remembers what they mean until a website changes: networks request the same ones again, and
 * reading one takes longer than finding its card. Call it once all changes were followed.
 */
export class ReadAddresses {
  readonly #options: ReadAddressesOptions;
  readonly #isOwnHost: ReturnType<typeof ownHostsIn>;
  readonly #remembered = new Map<string, ReadAddress>();

  constructor(options: ReadAddressesOptions) {
    this.#options = options;
    this.#isOwnHost = ownHostsIn(options.directory, options);
  }

  /** Undefined if the request is for something else. */
  read(req: IncomingMessage): ReadAddress | undefined {
    const { directory, connectionDomain } = this.#options;
    const [host, raw] = [req.headers.host ?? '', req.url ?? '/'];
    const known = this.#remembered.get(raw);
    if (known?.host === host && known.version === directory.version) return known;
    const address = parseImageAddress(host, raw, connectionDomain, this.#isOwnHost);
    return address && { address, host, raw, version: directory.version, asked: undefined };
  }

  /**
   * What the address means, if its website is in memory.
   * @throws {Problem} as `askedCard`.
   */
  asked(read: ReadAddress): AskedCard | undefined {
    const { directory, secretKeyOf } = this.#options;
    const { address } = read;
    const website = read.asked?.website ?? (address.key === undefined ? undefined : directory.known(address.key));
    if (website !== undefined) read.asked ??= askedCard(address, website, secretKeyOf);
    return read.asked;
  }

  /** Its card is kept. */
  remember(read: ReadAddress): void {
    if (this.#remembered.get(read.raw) === read) return;
    if (this.#remembered.size >= mostRemembered) this.#remembered.clear();
    this.#remembered.set(read.raw, read);
  }
}
