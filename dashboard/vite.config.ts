import { createReadStream, createWriteStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const outDir = 'dist';

/** Compresses what is sent once, here, and as small as it goes: `name.js.br`, `name.js.gz`. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  async closeBundle() {
    const folder = join(import.meta.dirname, outDir);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const name of files.filter((one) => /\.(js|css|html|svg|json)$/.test(one))) {
      const path = join(folder, name);
      const brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
      await pipeline(createReadStream(path), brotli, createWriteStream(`${path}.br`));
      await pipeline(createReadStream(path), createGzip({ level: 9 }), createWriteStream(`${path}.gz`));
    }
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed],
  // The tests of rendering draw an older React, which lies where npm puts what is shared.
  resolve: { dedupe: ['react', 'react-dom'] },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'baseline-widely-available',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
  },
  // `npm run dashboard` serves the sources; everything else comes from the service beside it.
  server: { port: 3001, proxy: { '/api': 'http://127.0.0.1:3000' } },
});
