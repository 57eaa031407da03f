import type ipaddr from 'ipaddr.js';

/** A network that `OGPLUS_ALLOW_NETWORKS` opens. */
export type Network = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, prefixLength: number];
