import { sveltekit } from '@sveltejs/kit/vite';

export default {
  plugins: [sveltekit()],
  test: { setupFiles: ['@ogplus/client/testing/vitest'] },
};
