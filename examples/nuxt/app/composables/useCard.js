import { createOgPlus, toUnhead } from '@ogplus/client';

/** The tags of the current page and its card. */
export function useCard(options) {
  const { connectionUrl, siteUrl } = useRuntimeConfig().public;
  const page = new URL(useRoute().path, siteUrl);
  const og = createOgPlus({ connectionUrl });
  useHead({ title: options.title, ...toUnhead(og.tags({ page, siteName: 'Herbarium', ...options })) });
}
