import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

/** Makes the terminal as a package that needs nothing but Node: its scripts with all that they use, and a package.json of its own. */
export default defineConfig({
  plugins: [packageFile()],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'node_modules/.cache/terminal',
    copyPublicDir: false,
    rolldownOptions: {
      input: { tapedeck: 'src/cli/main.ts', 'cell-thread': 'src/cli/cell-thread.ts' },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        banner: (chunk) => (chunk.name === 'tapedeck' ? '#!/usr/bin/env node' : ''),
      },
    },
  },
});

function packageFile(): Plugin {
  return {
    name: 'package-file',
    generateBundle() {
      const { name, version, license, type, engines } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
        string,
        unknown
      >;
      const description = 'Tapedeck in the terminal: plays recorded market history, and checks links with their result';
      const packed = { name, version, description, license, type, engines, bin: { tapedeck: 'tapedeck.js' } };
      this.emitFile({ type: 'asset', fileName: 'package.json', source: `${JSON.stringify(packed, null, 2)}\n` });
    },
  };
}
