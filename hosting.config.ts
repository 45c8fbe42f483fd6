import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import type { Edition } from './src/hosting/edition.ts';
import { headersFile, metaPolicy } from './src/hosting/headers.ts';

/** Not part of an edition: what only a host reads, and the studio in one file, which is its own page. */
const apart = ['_headers', 'service-worker.js', 'tapedeck.html'];

/** Makes the built page fit for any static host: its policy in the page, `_headers`, and the service worker of the edition. */
export function hosting(): Plugin {
  let folder = '';
  return {
    name: 'hosting',
    apply: 'build',
    configResolved({ root, build: { outDir } }) {
      folder = resolve(root, outDir);
    },
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy },
        injectTo: 'head-prepend',
      },
    ],
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler(_, bundle) {
        const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry)?.fileName;
        if (!entry) throw new Error('The build has no entry script');
        const code = await serviceWorker();
        await writeFile(join(folder, '_headers'), headersFile);
        await writeFile(
          join(folder, 'service-worker.js'),
          `const edition=${JSON.stringify(await editionIn(folder, entry, code))};\n${code}`,
        );
      },
    },
  };
}

/** A classic script: browsers differ in whether a service worker may be a module. */
async function serviceWorker(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      target: 'es2022',
      write: false,
      lib: {
        entry: resolve(import.meta.dirname, 'workers/service.ts'),
        formats: ['iife'],
        name: 'service',
      },
    },
  });
  const [output] = Array.isArray(result) ? result : [];
  if (!output) throw new Error('The service worker was not built');
  return output.output[0].code;
}

/** The files that lie in the folder, with a version that changes with any of them. */
async function editionIn(folder: string, entry: string, code: string): Promise<Edition> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found
    .filter((file) => file.isFile())
    .map((file) =>
      join(file.parentPath, file.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((file) => !apart.includes(file))
    .sort();
  const hash = createHash('sha256').update(code);
  for (const file of files) hash.update(`\n${file}\n`).update(await readFile(join(folder, file)));
  return {
    version: hash.digest('hex').slice(0, 16),
    entry,
    files: files.map((file) => (file === 'index.html' ? '' : file)),
  };
}
