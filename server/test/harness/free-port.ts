import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below the ports that systems give to whoever names none, for connections too: nobody else gets one of these by chance,
// nor while the program that it is for is started again.
const [first, last] = [10_000, 32_767];

/** A free port of this machine, for a program that cannot choose one itself. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(first, last + 1);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false, // it is taken
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
