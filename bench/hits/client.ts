// Asks for an address over connections that it keeps, as often as each line of its input says, and prints "done" each time.
// A count of requests, not a time: samples are short, and a busy machine disturbs few of them.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const [address = '', connections = '1', pages = '0'] = process.argv.slice(2);
const { hostname, port, host, pathname } = new URL(address);
let next = 0;
const path = () => (pages === '0' ? pathname : `${pathname}${next++ % Number(pages)}`);

/** A connection that asks again until there is nothing left to ask. */
function asker(left: { count: number }, done: () => void) {
  const socket = connect(Number(port), hostname).setNoDelay();
  let missing = 0;
  const ask = () => {
    if (left.count === 0) return done();
    left.count--;
    socket.write(`GET ${path()} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  };
  socket.on('data', (chunk) => {
    if (missing === 0) {
      const head = chunk.subarray(0, chunk.indexOf('\r\n\r\n') + 4);
      const text = head.toString('latin1');
      if (!text.startsWith('HTTP/1.1 200 ')) throw new Error(`${address} answers ${text}`);
      missing = head.length + Number(/content-length: (\d+)/i.exec(text)?.[1]);
    }
    missing -= chunk.length;
    if (missing === 0) ask();
  });
  socket.on('close', () => process.exit(1));
  return ask;
}

const left = { count: 0 };
let asking = 0;
const done = () => {
  asking--;
  if (asking === 0) process.stdout.write('done\n');
};
let askers: Array<() => void> = [];
for await (const line of createInterface({ input: process.stdin })) {
  // Connected only now: a connection that asks nothing is closed.
  if (askers.length === 0) askers = Array.from({ length: Number(connections) }, () => asker(left, done));
  left.count = Number(line);
  asking = askers.length;
  for (const ask of askers) ask();
}
process.exit(0);
