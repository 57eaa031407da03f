export default {
  // A page of a moment has no lifetime of its own in Next.js. Browsers ignore this field; OpenGraph+ and CDNs do not.
  headers: async () => [
    { source: '/departures', headers: [{ key: 'CDN-Cache-Control', value: 'max-age=60, stale-while-revalidate=600' }] },
  ],
};
