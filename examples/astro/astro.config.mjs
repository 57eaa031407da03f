import node from '@astrojs/node';
import { defineConfig } from 'astro/config';

export default defineConfig({
  site: process.env.SITE_URL,
  adapter: node({ mode: 'standalone' }),
  devToolbar: { enabled: false },
});
