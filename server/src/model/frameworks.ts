/** What websites are made with, as far as there are snippets for it; the name as people know it. */
export const frameworkNames = {
  html: 'HTML',
  nextjs: 'Next.js',
  nuxt: 'Nuxt',
  sveltekit: 'SvelteKit',
  astro: 'Astro',
  django: 'Django',
  rails: 'Rails',
  laravel: 'Laravel',
  wordpress: 'WordPress',
  hugo: 'Hugo',
} as const;

export type FrameworkId = keyof typeof frameworkNames;

export const frameworkIds = Object.keys(frameworkNames) as FrameworkId[];
