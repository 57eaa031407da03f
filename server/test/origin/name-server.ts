import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import type { LookUp } from '../../src/origin/guard.ts';

/** What a name has: addresses, another name, or texts. */
export type Records =
  | { readonly addresses: readonly string[] }
  | { readonly cname: string }
  | { readonly texts: readonly string[] };

/** A real name server on loopback. */
export interface NameServer extends AsyncDisposable {
  /** Resolves names by asking it, IPv4 and IPv6, over the network. */
  readonly lookUp: LookUp;
  /** Where it listens, as a resolver wants it. */
  readonly address: string;
  /** Names that it was asked for the addresses of, once for each look-up. */
  readonly asked: string[];
}

/**
 * @param answer what a name has now, by how often it was looked up before; undefined for a name that does not exist.
 * @param at where it listens; by default at a port that is free.
 */
export async function startNameServer(
  answer: (name: string, before: number) => Records | undefined,
  at = { address: '127.0.0.1', port: 0 },
): Promise<NameServer> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { name, type, end } = readQuestion(query);
    if (type === typeA) asked.push(name);
    const before = asked.filter((one) => one === name).length - 1;
    socket.send(
      response(
        query.subarray(0, end),
        chain(name, type, (of) => answer(of, before)),
      ),
      from.port,
      from.address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(at.port, at.address, resolve));
  const resolver = new Resolver({ timeout: 2000, tries: 1 });
  const address = `${at.address}:${socket.address().port}`;
  resolver.setServers([address]);
  return {
    address,
    asked,
    async lookUp(hostname) {
      const name = hostname.replace(/\.$/, '');
      const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
      return [four, six].flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
}

interface Answer {
  readonly name: string;
  readonly type: number;
  readonly data: Buffer;
}

const [typeA, typeCname, typeTxt, typeAaaa] = [1, 5, 16, 28];

/** The records from a name to what is asked for. */
function chain(name: string, type: number, answer: (name: string) => Records | undefined): Answer[] {
  const records = answer(name);
  if (records === undefined) return [];
  if ('cname' in records) {
    const cname = { name, type: typeCname, data: encodeName(records.cname) };
    return type === typeCname ? [cname] : [cname, ...chain(records.cname, type, answer)];
  }
  if ('texts' in records) {
    return type === typeTxt ? records.texts.map((text) => ({ name, type, data: encodeText(text) })) : [];
  }
  return records.addresses
    .filter((address) => (address.includes(':') ? typeAaaa : typeA) === type)
    .map((address) => ({ name, type, data: encodeAddress(address) }));
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12; // RFC 1035 §4.1.1: the header's length
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function response(question: Buffer, answers: readonly Answer[]): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8180, 2); // an answer, recursion available, no error
  head.writeUInt16BE(answers.length, 6);
  head.writeUInt32BE(0, 8);
  const records = answers.map(({ name, type, data }) => {
    const fixed = Buffer.alloc(10); // type, class, TTL 0, length
    fixed.writeUInt16BE(type, 0);
    fixed.writeUInt16BE(1, 2);
    fixed.writeUInt16BE(data.length, 8);
    return Buffer.concat([encodeName(name), fixed, data]);
  });
  return Buffer.concat([head, ...records]);
}

function encodeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'latin1'));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

/** In strings of up to 255 bytes (RFC 1035 §3.3.14). */
function encodeText(text: string): Buffer {
  const parts = text.match(/.{1,20}/g) ?? [''];
  return Buffer.concat(parts.flatMap((part) => [Buffer.from([part.length]), Buffer.from(part, 'latin1')]));
}

function encodeAddress(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail = ''] = address.split('::');
  const parts = (text: string) => text.split(':').filter((part) => part !== '');
  const zeros = Array<string>(8 - parts(head).length - parts(tail).length).fill('0');
  const groups = [...parts(head), ...zeros, ...parts(tail)];
  return Buffer.concat(groups.map((group) => Buffer.from(group.padStart(4, '0'), 'hex')));
}
