import ipaddr from 'ipaddr.js';
import type { Network } from '../model/network.ts';
import { refuseShortAddress, shortAddress } from '../model/short-address.ts';
import { parseMasterKey } from '../websites/master-key.ts';

/** The values of a setting. */
export interface Takes<T> {
  /** Which they are, in Markdown: `0 to 65535`. Empty where the setting's meaning says it. */
  readonly values: string;
  /** @throws {Error} with the rest of a sentence: "must be …". */
  readonly read: (text: string) => T;
}

export const text: Takes<string> = { values: '', read: (value) => value };

export function wholeNumber(low: number, high: number): Takes<number> {
  return {
    values: `${low} to ${high}`,
    read: (value) => {
      const n = Number(value);
      if (!/^\d+$/.test(value) || n < low || n > high) throw new Error(`must be a whole number from ${low} to ${high}`);
      return n;
    },
  };
}

/** A whole number of something else. */
export function counted<T>(low: number, high: number, unit: (n: number) => T): Takes<T> {
  const number = wholeNumber(low, high);
  return { values: number.values, read: (value) => unit(number.read(value)) };
}

export function oneOf<const T extends string>(...choices: readonly T[]): Takes<T> {
  return {
    values: choices.map((choice) => `\`${choice}\``).join(', '),
    read: (value) => {
      const chosen = choices.find((choice) => choice === value);
      if (chosen === undefined) throw new Error(`must be one of ${choices.join(', ')}`);
      return chosen;
    },
  };
}

export const trueOrFalse: Takes<boolean> = {
  values: '`true`, `false`',
  read: (value) => oneOf('true', 'false').read(value) === 'true',
};

/** An address that paths are appended to. @throws {Error} with the rest of a sentence. */
function endpointUrl(value: string): string {
  const url = URL.parse(value);
  if (url === null) throw new Error('must be an address such as https://ogplus.example.com');
  if (!/^https?:$/.test(url.protocol)) throw new Error('must begin with http:// or https://');
  if (/[?#]/.test(value) || url.username || url.password) throw new Error('must not have a query, fragment or user');
  refuseShortAddress(value);
  return url.href.replace(/\/+$/, '');
}

/** The address of a service, all of whose paths are its own. @throws {Error} with the rest of a sentence. */
export function baseUrl(value: string): string {
  const url = endpointUrl(value);
  const { origin } = new URL(url);
  if (url !== origin) throw new Error(`must not have a path: ${origin}`);
  return origin;
}

export const address: Takes<string> = { values: '', read: baseUrl };

/** An address that may have a path. */
export const endpoint: Takes<string> = { values: '', read: endpointUrl };

/** An address, or a word that stands for something else. */
export function addressOr(word: string): Takes<string> {
  return { values: `an address, or \`${word}\``, read: (value) => (value === word ? value : baseUrl(value)) };
}

export const domainName: Takes<string> = {
  values: '',
  read: (value) => {
    // Names below an IP address are no addresses: connection addresses could not be read.
    const isName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(value);
    if (!isName || !URL.canParse(`http://connection.${value}`))
      throw new Error('must be a host name such as cards.example.com');
    return value.toLowerCase();
  },
};

export const hostNames: Takes<readonly string[]> = {
  values: '',
  read: (value) =>
    parts(value).map((part) => {
      if (!/^(\[[\da-f:.]+\]|[\w.-]+)$/i.test(part) || shortAddress(`http://${part}`) !== undefined)
        throw new Error(`"${part}" is not a host name such as ogplus.internal`);
      return part.toLowerCase().replace(/\.$/, '');
    }),
};

export const networks: Takes<readonly Network[]> = {
  values: 'CIDRs',
  read: (value) =>
    parts(value).map((part) => {
      const cidr = part.includes('/') ? part : `${part}/${part.includes(':') ? 128 : 32}`;
      if (!ipaddr.isValidCIDR(cidr)) throw new Error(`"${part}" is not a network such as 10.0.0.0/8 or ::1/128`);
      return ipaddr.parseCIDR(cidr);
    }),
};

/** Of a list with commas or spaces between. */
function parts(value: string): string[] {
  return value.split(/[\s,]+/).filter((part) => part !== '');
}

export const masterKey: Takes<Buffer> = {
  values: '',
  read: (value) => {
    const key = parseMasterKey(value);
    if (key === undefined)
      throw new Error(
        'must be 32 bytes in base64url; make one: node -p "crypto.randomBytes(32).toString(\'base64url\')"',
      );
    return key;
  },
};

/** @throws {Error} with the rest of a sentence. */
function postgresUrl(value: string): string {
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value))
    throw new Error('must be an address such as postgres://user:password@host/database');
  if (new URL(value).pathname.length < 2)
    throw new Error('must name a database, as in postgres://user:password@host/database');
  return value;
}

export const postgres: Takes<string> = { values: '', read: postgresUrl };

/** Undefined for `sqlite:`, the file in the data folder. */
export const postgresOrSqlite: Takes<string | undefined> = {
  values: '',
  read: (value) => (value === 'sqlite:' ? undefined : postgresUrl(value)),
};

export const region: Takes<string> = {
  values: '',
  read: (value) => {
    if (!/^[\w-]+$/.test(value)) throw new Error('must be a region such as eu-central-1');
    return value;
  },
};
