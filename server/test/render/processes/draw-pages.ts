// Draws the pages of a JSON file, `[{ html, headers }]`, one after the other, all of them from one address, through a gate.
import { readFileSync } from 'node:fs';
import { milliseconds } from '../../../src/model/units.ts';
import { startTestRenderer } from '../harness.ts';

interface Written {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

const [, , file = '', url = '', proxyServer = ''] = process.argv;
await using renderer = await startTestRenderer({ proxyServer, renderers: 1, budget: milliseconds(1500) });
for (const { html, headers } of JSON.parse(readFileSync(file, 'utf8')) as Written[])
  await renderer.draw(url, html, { headers }).catch(() => {}); // refused where it put another document in its own place
