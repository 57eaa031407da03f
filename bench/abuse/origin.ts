// A website in a process of its own. Prints its port. What the path begins with is what the page does.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const page = (body: string) => `<!doctype html><html lang="en"><head><title>x</title><style>
body{margin:60px;background:linear-gradient(135deg,#f4f8ff,#dbe6f5);font:34px/1.4 sans-serif}</style></head>
<body><h1>A card</h1>${body}</body></html>`;

const pages: Readonly<Record<string, string>> = {
  // Takes memory as fast as it can, and touches it so that it is really taken.
  '/bomb/': page('<script>const all=[];for(;;)all.push(new Uint8Array(16e6).fill(all.length))</script>'),
  // Cannot be made small.
  '/noise/': page(`<canvas width=1200 height=630></canvas><script>
const context = document.querySelector('canvas').getContext('2d'), image = context.createImageData(1200, 630);
for (let at = 0; at < image.data.length; at += 65536) crypto.getRandomValues(image.data.subarray(at, at + 65536));
for (let at = 3; at < image.data.length; at += 4) image.data[at] = 255;
context.putImageData(image, 0, 0)</script>`),
  '/loop/': page('<script>for(;;);</script>'),
  '/frames/': page(
    '<script>setInterval(()=>{for(let n=0;n<50;n++)document.body.append(document.createElement("iframe"))})</script>',
  ),
};

/** Sends a little, and a little more, and never ends. */
function drip(res: ServerResponse): void {
  res.write('<!doctype html><title>x</title>');
  const more = setInterval(() => res.write('<p>more'), 200);
  res.on('close', () => clearInterval(more));
}

const server = createServer((req, res) => {
  const path = req.url ?? '/';
  const [kind = '/'] = /^\/[^/]*\//.exec(path) ?? [];
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  if (kind === '/endless/') {
    drip(res);
    return;
  }
  // Kept for long, so that all that is invented would fill the disk.
  res.setHeader('Cache-Control', 'max-age=86400');
  if (kind === '/gone/') res.statusCode = 404;
  // Each of its own, so that no two pictures are one file.
  res.end(pages[kind] ?? page(`<p>${path}</p><p>${Math.random()}</p>`));
});
// Every address of loopback: each of them is another website.
server.listen(0, '0.0.0.0', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
