import { build, type Plugin } from 'vite';

/** What the engine needs of its worker after own code's scope is closed: it holds them in variables of its own. */
const held = [
  ...['performance', 'setTimeout', 'clearTimeout', 'MessageChannel', 'MessagePort', 'SharedArrayBuffer', 'Atomics'],
  ...['Promise', 'Date', 'Intl', 'Math', 'Proxy', 'WeakRef', 'FinalizationRegistry', 'TextEncoder', 'TextDecoder'],
  ...['console', 'crypto', 'structuredClone', 'queueMicrotask'],
];

/** A module named `….ts?worker-text` is that worker as a classic script, as text. */
export function workerText(): Plugin {
  return {
    name: 'worker-text',
    enforce: 'pre',
    resolveId: {
      filter: { id: /\?worker-text$/ },
      async handler(id, importer) {
        const found = await this.resolve(id.slice(0, id.indexOf('?')), importer);
        return found && `${found.id}?worker-text`;
      },
    },
    load: {
      filter: { id: /\?worker-text$/ },
      async handler(id) {
        return `export default ${JSON.stringify(await classicScript(id.slice(0, id.indexOf('?')), `"use strict";const {${held.join(',')}}=self;`))}`;
      },
    },
  };
}

/** A worker with all that it imports as one script, which begins with `intro` in a scope of its own. */
export async function classicScript(entry: string, intro: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2022',
      write: false,
      lib: { entry, formats: ['iife'], name: 'worker' },
      rolldownOptions: { output: { intro } },
    },
  });
  const [output] = Array.isArray(result) ? result : [];
  if (!output) throw new Error(`${entry} was not built`);
  return output.output[0].code;
}
