import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // For the classes in *.svelte.ts.
  plugins: [svelte()],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/temporary-folder.ts',
    exclude: ['test/browser/**'],
    // Nothing here waits for time: only a machine that is busy with other things makes a test take so long.
    testTimeout: 30_000,
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
