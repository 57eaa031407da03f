export { default as OgTags } from './OgTags.astro';
