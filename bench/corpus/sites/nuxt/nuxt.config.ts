export default {
  compatibilityDate: '2026-01-01',
  telemetry: false,
  ssr: true,
  pages: true, experimental: { payloadExtraction: false },
  app: { pageTransition: { name: 'page', mode: 'out-in' } },
};
