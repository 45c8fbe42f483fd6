import { chromium, type Page } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { findBrowser } from '../../scripts/browsers.mjs';

/** Chromium with the benchmarks' page: every visit is a new browser process on one profile. */
export interface Visits {
  /** Whether the operating system's cache of files can be dropped before a cold visit. */
  readonly dropsCaches: boolean;
  visit<T>(work: (page: Page) => Promise<T>): Promise<T>;
  /** As `visit`, with nothing of the profile in the cache of files. */
  coldVisit<T>(work: (page: Page) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Where the studio is, relative to the benchmarks' page. */
export const studioPath = 'studio/';

/** Builds the page into a folder of its own and serves it isolated. */
export async function openVisits(): Promise<Visits> {
  const launch = await findBrowser('chromium');
  if (!launch) throw new Error('Chromium is not here; run npm run bench, which installs it');
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-bench-'));
  const root = fileURLToPath(new URL('./page', import.meta.url));
  const common = { root, configFile: false, base: './', logLevel: 'warn' } as const;
  const outDir = join(folder, 'page');
  await build({ ...common, worker: { format: 'es' }, build: { outDir, target: 'es2022', emptyOutDir: true } });
  // The studio as it is built for people, beside the benchmarks' page: it finds what that has stored.
  await build({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    logLevel: 'warn',
    build: { outDir: join(outDir, studioPath) },
  });
  const server = await preview({
    ...common,
    build: { outDir },
    preview: {
      host: '127.0.0.1',
      port: 4_190,
      headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
    },
  });
  const address = server.resolvedUrls!.local[0]!;

  const visit: Visits['visit'] = async (work) => {
    const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      ...launch,
      // What one would keep for the next visit is not what is measured.
      serviceWorkers: 'block',
      args: [...(launch.args ?? []), '--enable-blink-features=ForceEagerMeasureMemory'],
    });
    try {
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(error));
      await page.goto(address);
      await page.waitForFunction(() => 'bench' in window && crossOriginIsolated);
      return await work(page);
    } finally {
      await context.close();
    }
  };
  return {
    dropsCaches: dropCaches(),
    visit,
    coldVisit: (work) => {
      dropCaches();
      return visit(work);
    },
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Drops the cache of files; false where that is not allowed. Browsers have written what they will before they end. */
function dropCaches(): boolean {
  try {
    writeFileSync('/proc/sys/vm/drop_caches', '1');
    return true;
  } catch {
    return false;
  }
}
