export { default as OgTags } from './OgTags.svelte';
