import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The page of shared previews: the frames of networks as a module that the service calls, and their style sheet. Fonts are
 * those of the dashboard: their names say what is in them, so they are the same there.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  publicDir: false,
  resolve: { dedupe: ['react', 'react-dom'] },
  ssr: { noExternal: true },
  // Left open otherwise: React would be the slow one that is for development.
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: 'dist-shared-preview',
    emptyOutDir: true,
    target: 'baseline-widely-available',
    reportCompressedSize: false,
    ssr: 'src/shared-preview/render.tsx',
    ssrEmitAssets: true,
    cssCodeSplit: false,
    minify: true,
    rolldownOptions: {
      output: {
        entryFileNames: 'page.js',
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith('.css')) ? 'style.css' : 'assets/[name]-[hash][extname]',
      },
    },
  },
});
