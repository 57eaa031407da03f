import { createSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';

/** Something on loopback that nobody may reach: TCP and UDP on one port. It answers whoever comes, and tells of it. */
export interface Canary extends AsyncDisposable {
  readonly port: number;
  /** One line for each connection and datagram. */
  readonly heard: string[];
}

/** @param addresses where it listens, on the same port; the port is found by the first one. */
export async function startCanary(
  addresses: readonly string[] = ['127.0.0.1', '::1'],
  wantedPort = 0,
): Promise<Canary> {
  const heard: string[] = [];
  const closing: Array<() => Promise<unknown>> = [];
  let port = wantedPort;
  for (const address of addresses) {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      heard.push(`TCP on ${address}`);
      sockets.add(socket);
      socket.on('error', () => {}); // whoever came has gone
      socket.once('data', (chunk) => {
        heard.push(`TCP on ${address}: ${chunk.toString('latin1').split('\r\n', 1)[0]}`);
        socket.end(
          'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n',
        );
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, resolve);
    });
    const listening = server.address();
    port = typeof listening === 'object' && listening !== null ? listening.port : 0;
    const datagrams = createSocket(address.includes(':') ? 'udp6' : 'udp4', (message) => {
      heard.push(`UDP on ${address}: ${message.length} bytes`);
    });
    await new Promise<void>((resolve, reject) => {
      datagrams.once('error', reject);
      datagrams.bind(port, address, resolve);
    });
    closing.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await new Promise<void>((resolve) => datagrams.close(() => resolve()));
    });
  }
  return {
    port,
    heard,
    async [Symbol.asyncDispose]() {
      await Promise.all(closing.map((close) => close()));
    },
  };
}
