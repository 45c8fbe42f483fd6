import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // For the classes in *.svelte.ts.
  plugins: [svelte()],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    coverage: {
      provider: 'v8',
      include: [
        'src/{time,chance,bars,quality,memory,config,session,coordinator,upkeep,strategy,statistics,intake,sample}/**/*.ts',
      ],
      reporter: ['text-summary'],
      thresholds: { lines: 95 },
    },
  },
});
