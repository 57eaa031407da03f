// Starts a renderer, begins a drawing, says which browser it uses, and waits to be ended in the way of its argument.
import { html, startTestRenderer } from '../harness.ts';

const [, , url = '', ending = ''] = process.argv;
const renderer = await startTestRenderer();
await renderer.check();
renderer
  .draw(url, html(`<script>${ending === 'busy' ? 'onload = () => { for (;;); }' : ''}</script><img src="/held">`))
  .catch(() => {});
process.stdout.write(`browser ${renderer.browsers.at(-1)}\n`);
process.on('SIGUSR2', () => {
  if (ending === 'exit') process.exit(3);
  throw new Error('a fault of the service');
});
