import { expect, test } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { build, preview, type PreviewServer } from 'vite';
import type {} from './harness/deaths.ts';

const kills = 24;
const seed = 17;

let server: PreviewServer;

test.beforeAll(async () => {
  const root = fileURLToPath(new URL('./harness', import.meta.url));
  const outDir = test.info().outputPath('page');
  const common = { root, configFile: false, base: './', logLevel: 'error' } as const;
  await build({
    ...common,
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2022', rollupOptions: { input: `${root}/deaths.html` } },
  });
  server = await preview({
    ...common,
    build: { outDir },
    preview: {
      host: '127.0.0.1',
      port: 0,
      headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
    },
  });
});

test.afterAll(() => server.close());

test(`a run of which some worker dies, at ${kills} random points, and that is built anew has the fingerprint of the run that was not: seed ${seed}`, async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto(`${server.resolvedUrls!.local[0]}deaths.html`);
  await page.waitForFunction(() => crossOriginIsolated && 'playUntil' in window);
  const { whole, ends, deaths } = await page.evaluate(([n, luck]) => window.playUntil(n, luck), [kills, seed] as const);
  expect(whole).toMatch(/^finished sha256:[0-9a-f]{64}$/);
  expect(new Set(ends), JSON.stringify(deaths)).toEqual(new Set([whole]));
  expect(Math.min(...Object.values(deaths)), JSON.stringify(deaths)).toBeGreaterThan(2);
});
