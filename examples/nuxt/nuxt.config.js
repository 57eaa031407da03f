export default defineNuxtConfig({
  compatibilityDate: '2026-01-01',
  telemetry: false,
  css: ['~/assets/site.css'],
  runtimeConfig: {
    public: {
      connectionUrl: process.env.OGPLUS_CONNECTION_URL,
      siteUrl: process.env.SITE_URL,
    },
  },
  routeRules: {
    // Nitro keeps the page for an hour and says so: s-maxage=3600, stale-while-revalidate.
    '/today': { swr: 3600 },
    '/plants/**': { headers: { 'cache-control': 'public, max-age=86400' } },
  },
});
