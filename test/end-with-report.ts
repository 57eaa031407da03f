// Ends a test process when its report is written, whatever its tests left running. Node's own `--test-force-exit` does not
// wait for the report: the end of a long one is lost.
import type { Socket } from 'node:net';
import { after } from 'node:test';

const betweenLooks = 500;

after(() => {
  let before = -1;
  const look = () => {
    const { bytesWritten, writableLength } = process.stdout as unknown as Socket;
    if (writableLength === 0 && bytesWritten === before) process.exit();
    before = bytesWritten;
  };
  setInterval(look, betweenLooks).unref(); // a process in which nothing runs ends by itself
});
