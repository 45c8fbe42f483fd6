import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { sandboxHash } from './src/hosting/sandbox.ts';
import { trustedTypes } from './src/hosting/script-policy.ts';
import { classicScript, workerText } from './worker-text.config.ts';

/** Bytes that the one file may have. */
const limitBytes = 3_600_000;

/**
 * Makes `tapedeck.html`, the studio as one file that opens by double-click, beside the site that `vite build` has made. From
 * `file://` no module, no fetch and no worker's file can be loaded, so all is in it, as one classic script.
 */
export default defineConfig({
  plugins: [workersWithin(), workerText(), svelte(), oneFile()],
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    target: 'es2022',
    emptyOutDir: false,
    copyPublicDir: false,
    lib: { entry: 'src/studio/main.ts', formats: ['iife'], name: 'tapedeck' },
    rolldownOptions: {
      output: { strict: true },
      onLog(level, log, tell) {
        if (log.code === 'EMPTY_IMPORT_META')
          throw new Error(`The one file has no address to load from: ${log.message}`);
        tell(level, log);
      },
    },
  },
});

/** The workers, whose source the page holds as one script: all that is imported of them is the address of one blob. */
function workersWithin(): Plugin {
  const all = resolve(import.meta.dirname, 'workers/all.ts');
  return {
    name: 'workers-within',
    enforce: 'pre',
    resolveId: {
      filter: { id: /\/workers\/\w+\.ts\?worker&url$/ },
      handler: () => `${all}?worker-within`,
    },
    load: {
      filter: { id: /\?worker-within$/ },
      async handler() {
        const text = JSON.stringify(await classicScript(all, '"use strict";'));
        return `export default URL.createObjectURL(new Blob([${text}], { type: 'text/javascript' }))`;
      },
    },
  };
}

/** Puts everything into the page, and nothing else into the output. */
function oneFile(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      let script = '';
      let styles = '';
      for (const [name, part] of Object.entries(bundle)) {
        if (part.type === 'chunk') script += part.code;
        else if (name.endsWith('.css')) styles += String(part.source);
        else this.error(`The one file would need ${name} beside it`);
        delete bundle[name];
      }
      const source = page(inScript(script), styles);
      if (Buffer.byteLength(source) > limitBytes) this.error(`The one file is larger than ${limitBytes} bytes`);
      this.emitFile({ type: 'asset', fileName: 'tapedeck.html', source });
    },
  };
}

/** `index.html` with everything in it. Workers made of blobs inherit its policy, so nothing leaves the machine from them either. */
function page(script: string, styles: string): string {
  const early = ['roads', 'theme'].map((name) => readFileSync(`public/${name}.js`, 'utf8'));
  const hashes = [...early, script].map((code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`);
  const policy = [
    "default-src 'none'",
    `script-src ${hashes.join(' ')} ${sandboxHash}`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    ...trustedTypes,
  ].join('; ');
  const icon = readFileSync('public/icon.svg').toString('base64');
  let html = readFileSync('index.html', 'utf8')
    .replaceAll(/\s*<link\b[^>]*>/g, '')
    .replaceAll(/\s*<script\b[^>]*src="\/((roads|theme)\.js|src\/[^"]*)"[^>]*><\/script>/g, '');
  if (html.includes('<script'))
    throw new Error('index.html has a fourth script, which the policy of the one file would refuse');
  const put = (text: string, where: string): void => {
    if (!html.includes(where)) throw new Error(`index.html has no ${where}`);
    html = html.replace(where, () => (where.startsWith('</') ? text + where : where + text));
  };
  put(`<meta http-equiv="Content-Security-Policy" content="${policy}" />`, '<meta charset="utf-8" />');
  put(
    `<link rel="icon" href="data:image/svg+xml;base64,${icon}" /><style>${styles}</style>${early.map((code) => `<script>${code}</script>`).join('')}`,
    '</head>',
  );
  put(`<script>${script}</script>`, '</body>');
  return html;
}

/** A script that HTML reads to its end: only in literals can these stand. */
function inScript(code: string): string {
  return code.replaceAll(/<(?=!--|\/script)/gi, '\\x3c');
}
