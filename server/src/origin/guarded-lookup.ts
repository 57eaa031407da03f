import type net from 'node:net';
import { Problem } from '../model/problem.ts';
import type { CheckedAddress, Guard } from './guard.ts';

/**
 * A `lookup` for connections to `port` that asks the guard: the socket connects to a checked address only. Node calls it
 * for every host name; IP addresses are checked with the URL.
 */
export function guardedLookup(guard: Guard, port: number): net.LookupFunction {
  return (hostname, options, callback) => {
    guard.resolve(hostname, port).then(
      (found) => answer(found, options.all === true, callback),
      (error: Error) => callback(error, '', 4),
    );
  };
}

function answer(found: readonly CheckedAddress[], all: boolean, callback: Parameters<net.LookupFunction>[2]): void {
  const [first] = found;
  if (first === undefined) callback(new Problem('origin-failed', 'The host name has no address.'), '', 4);
  else if (all) callback(null, [...found]);
  else callback(null, first.address, first.family);
}
