// A test file with a long report, which leaves something running.
import { it } from 'node:test';

setInterval(() => {}, 1000);
const words = 'many words '.repeat(200);
for (let n = 0; n < 1000; n++) {
  it(`test ${n}`, () => {
    throw new Error(words);
  });
}
