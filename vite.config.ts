import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { hosting } from './hosting.config.ts';
import { headers, isolation } from './src/hosting/headers.ts';
import { workerText } from './worker-text.config.ts';

const host = process.env['HOST'] ?? '127.0.0.1';
const port = Number(process.env['PORT'] ?? 4173);

/**
 * What the first load needs and later parts share, in one chunk: as a chunk for each combination of parts that share it, it would be
 * compressed in dozens of pieces.
 */
const first =
  /\/src\/(time\/|config\/(kinds|schema|explain|finding|nearest|plain|read|format)\.|bars\/(interval|provenance)\.|session\/datasets-of\.|library\/(between-tabs|storage-state)\.|hosting\/script-policy\.|sample\/identity\.|intake\/file-name\.|studio\/(labels|clipboard|page-scripts|Late|theme\.svelte|tips)\.|studio\/panels\/Icon)/;

export default defineConfig({
  base: './',
  plugins: [workerText(), svelte(), hosting()],
  worker: { format: 'es' },
  // Browsers of the target know how to preload modules.
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', test: first }] } } },
  },
  server: { host, headers: isolation },
  preview: { host, port, strictPort: 'PORT' in process.env, headers },
});
