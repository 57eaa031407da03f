import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Socket {
  readonly kind: string;
  /** Address and port as the kernel writes them, in hexadecimal. */
  readonly local: string;
  readonly remotePort: number;
  readonly isListening: boolean;
}

/** The network's sockets that processes hold, as the kernel lists them. */
export function socketsOf(pids: readonly number[]): Socket[] {
  const held = new Set(pids.flatMap(inodesOf));
  return ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6', 'icmp', 'icmp6'].flatMap((kind) =>
    tableOf(kind)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => held.has(fields[9] ?? ''))
      .map((fields) => ({
        kind,
        local: fields[1] ?? '',
        remotePort: Number.parseInt((fields[2] ?? '').split(':')[1] ?? '', 16),
        isListening: kind.startsWith('tcp') && fields[3] === '0A',
      })),
  );
}

function tableOf(kind: string): string[] {
  try {
    return readFileSync(`/proc/net/${kind}`, 'utf8').split('\n').slice(1);
  } catch {
    return []; // a kernel without this kind
  }
}

function inodesOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return []; // closed in this moment
      }
    });
  } catch {
    return []; // ended in this moment, or not ours to look into: page processes, which have no network
  }
}

const mdns = (5353).toString(16).toUpperCase();

/**
 * Whether a socket leads to a gate, or nowhere: WebRTC opens UDP sockets before its policy keeps it from using them, on a
 * port that the kernel chose, connected to nothing. That they send nothing is what the canary shows.
 */
export function isHarmless({ kind, local, remotePort, isListening }: Socket, gates: ReadonlySet<number>): boolean {
  const isIdle = kind.startsWith('udp') && remotePort === 0 && /^0+:/.test(local) && !local.endsWith(`:${mdns}`);
  return isIdle || (kind === 'tcp' && !isListening && gates.has(remotePort));
}
