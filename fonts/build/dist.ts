// `npm pack`: the fonts go into the package, so that whoever installs it has them as they are.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildFonts } from './build-fonts.ts';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
await buildFonts(dist);
