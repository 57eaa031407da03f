import { og, pageUrl } from '$lib/server/og.js';

export const load = () => ({
  tags: og.tags({ page: pageUrl('/sky'), title: 'The sky right now', description: 'Clouds allowing.' }),
});
