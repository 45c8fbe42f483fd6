import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { ViteDevServer } from 'vite';
import { createServer } from 'vite';
import type {} from './harness/harness.ts';
import { faults } from '../support/faulty-indexeddb.ts';
import { smallDiskPage } from './small-disk.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const realFile = `${root}../shared/data/plain/SPY.csv`;

let server: ViteDevServer;
let address: string;

test.beforeAll(async () => {
  server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    cacheDir: test.info().outputPath('vite'),
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  await server.listen();
  address = `${server.resolvedUrls!.local[0]}test/browser/harness/index.html`;
});

test.afterAll(() => server.close());

async function open(page: Page): Promise<Page> {
  await page.goto(address);
  await page.waitForFunction(() => 'harness' in window);
  return page;
}

/** Name and bars of the datasets, as a freshly asked library has them. */
function listed(page: Page): Promise<[name: string, bars: number][]> {
  return page.evaluate(async () => (await window.harness.library.list()).map(({ name, bars }) => [name, bars]));
}

test('a real file becomes a dataset that is still there after a reload', async ({ page }) => {
  test.skip(!existsSync(realFile), 'the shared data is not beside the project');
  await open(page);
  const summary = await page.evaluate(
    (text) => window.harness.importText('SPY.csv', text),
    readFileSync(realFile, 'utf8'),
  );
  expect(summary).toMatchObject({ existing: false, manifest: { name: 'SPY', interval: '1m', bars: 4_839 } });
  expect(summary.manifest.sha256).toMatch(/^sha256:[0-9a-f]{64}$/);
  await page.reload();
  await page.waitForFunction(() => 'harness' in window);
  expect(await page.evaluate(() => window.harness.library.list())).toEqual([summary.manifest]);
});

test('a file is previewed without being imported', async ({ page }) => {
  await open(page);
  const {
    files: [preview],
  } = await page.evaluate(() => window.harness.preview('A.csv', window.harness.csv('A', 100)));
  expect(preview).toMatchObject({ file: 'A.csv', symbol: null, needsZone: false });
  expect(await listed(page)).toEqual([]);
});

test('a dataset can be renamed and deleted, and the other tab hears of it', async ({ page, context }) => {
  await open(page);
  const other = await open(await context.newPage());
  const id = await page.evaluate(
    async () => (await window.harness.importText('A.csv', window.harness.csv('A', 50_000))).manifest.id,
  );
  await expect.poll(() => other.evaluate(() => window.harness.changes)).toBe(1);
  await page.evaluate((dataset) => window.harness.library.rename(dataset, 'Renamed'), id);
  await expect.poll(() => other.evaluate(() => window.harness.changes)).toBe(2);
  expect(await listed(other)).toEqual([['Renamed', 50_000]]);
  await other.evaluate((dataset) => window.harness.library.remove(dataset), id);
  await expect.poll(() => page.evaluate(() => window.harness.changes)).toBeGreaterThan(2);
  expect(await page.evaluate(() => window.harness.stored())).toEqual({ datasets: 0, chunks: 0, pages: 0 });
});

test('an error of the library reaches the page with its message', async ({ page }) => {
  await open(page);
  const failure = await page.evaluate(() =>
    window.harness.failure(window.harness.library.rename('nobody', 'Anything')),
  );
  expect(failure).toEqual({
    message: 'dataset nobody is not in the library; it may have been deleted in another tab',
    cause: undefined,
    isError: true,
  });
});

test('the same file twice is one dataset; other bars under its name get another one', async ({ page }) => {
  await open(page);
  const names = await page.evaluate(async () => {
    const { harness } = window;
    const summaries = [
      await harness.importText('A.csv', harness.csv('A', 1_000)),
      await harness.importText('A.csv', harness.csv('A', 1_000)),
      await harness.importText('A.csv', harness.csv('A', 1_000, 3)),
    ];
    return summaries.map(({ manifest, existing }) => [manifest.name, existing]);
  });
  expect(names).toEqual([
    ['A', false],
    ['A', true],
    ['A 2', false],
  ]);
  expect(await page.evaluate(() => window.harness.stored())).toEqual({ datasets: 2, chunks: 2, pages: 2 });
});

test('two tabs that import at once both succeed, under two names', async ({ page, context }) => {
  const tabs = [await open(page), await open(await context.newPage())];
  const names = await Promise.all(
    tabs.map((tab, i) =>
      tab.evaluate(
        async (seed) => (await window.harness.importText('A.csv', window.harness.csv('A', 60_000, seed))).manifest.name,
        i + 1,
      ),
    ),
  );
  expect(names.toSorted()).toEqual(['A', 'A 2']);
  expect(await listed(page)).toEqual([
    ['A', 60_000],
    ['A 2', 60_000],
  ]);
});

test('two tabs that import the same bars at once end with one dataset and no chunk too many', async ({
  page,
  context,
}) => {
  const tabs = [await open(page), await open(await context.newPage())];
  const ids = await Promise.all(
    tabs.map((tab) =>
      tab.evaluate(async () => (await window.harness.importText('A.csv', window.harness.csv('A', 60_000))).manifest.id),
    ),
  );
  expect(ids[0]).toBe(ids[1]);
  const [manifest] = await page.evaluate(() => window.harness.library.list());
  const chunks = manifest!.symbols.reduce((sum, symbol) => sum + symbol.chunks.length, 0);
  expect(await page.evaluate(() => window.harness.stored())).toEqual({ datasets: 1, chunks, pages: 1 });
});

for (const stage of ['reading', 'sorting', 'storing'] as const)
  test(`an import cancelled while ${stage} leaves the library as it was`, async ({ page }) => {
    await open(page);
    const message = await page.evaluate(
      (at) => window.harness.importCancelled('A.csv', window.harness.csv('A', 100_000), at),
      stage,
    );
    expect(message).toBe('The import was cancelled; the library is as it was');
    expect(await page.evaluate(() => window.harness.stored())).toEqual({ datasets: 0, chunks: 0, pages: 0 });
  });

for (const chunks of [1, 2, 40])
  test(`a worker killed with chunk ${chunks} of its import stored leaves no dataset, and no chunk after the next start`, async ({
    page,
  }) => {
    await open(page);
    await page.evaluate(() => window.harness.importText('before.csv', window.harness.csv('A', 1_000, 5)));
    const before = await page.evaluate(() => window.harness.stored());
    expect(before).toEqual({ datasets: 1, chunks: 1, pages: 1 });
    const left = await page.evaluate(
      (least) => window.harness.importKilled('A.csv', window.harness.csv('A', 100_000, 1, 7), least),
      chunks,
    );
    expect(left).toBeGreaterThanOrEqual(chunks);
    await page.evaluate(() => window.harness.restart());
    expect(await listed(page)).toEqual([['before', 1_000]]);
    // Chromium lets a busy worker run on for two seconds after its end, and its lock with it.
    await expect.poll(() => page.evaluate(() => window.harness.stored()), { timeout: 15_000 }).toEqual(before);
  });

test('imports that end at many points with their worker or their tab are whole or absent, and nothing is left of them', async ({
  page,
}) => {
  // Each begins with a worker that is loaded anew, module by module.
  test.setTimeout(180_000);
  const points = 8;
  await open(page);
  const before = await page.evaluate(() => window.harness.importText('before.csv', window.harness.csv('A', 1_000, 5)));
  const over = await page.evaluate((n) => window.harness.importsKilled(window.harness.csv('A', 20_000), n), points);
  expect(over).toBeLessThan(points);
  await expect.poll(() => page.evaluate(() => window.harness.faults()), { timeout: 15_000 }).toEqual([]);
  const datasets = await page.evaluate(() => window.harness.library.list());
  expect(datasets).toContainEqual(before.manifest);
  for (const { name, bars } of datasets) expect([name, bars]).toEqual([name, name === 'before' ? 1_000 : 20_000]);
});

for (const fault of faults)
  test(`an import whose n-th call of storage ${fault} is whole or absent, for every n`, async ({ page }) => {
    await open(page);
    const { imports, whole, wrong } = await page.evaluate((how) => window.harness.faultyImports(how), fault);
    expect(wrong).toEqual([]);
    expect(imports).toBeGreaterThan(20);
    // A connection that is closing is opened anew.
    if (fault === 'is invalid') expect(whole).toBe(imports);
    else expect(whole).toBeLessThan(imports);
    expect(whole).toBeGreaterThan(0);
  });

test('a full disk is said, and the library is as it was', async ({
  playwright,
  browserName,
  launchOptions,
  channel,
}) => {
  const page = await smallDiskPage({ playwright, browserName, launchOptions, channel }, address);
  try {
    await open(page);
    await page.evaluate(() => window.harness.importText('before.csv', window.harness.csv('A', 1_000)));
    const before = await page.evaluate(() => window.harness.library.list());
    const failure = await page.evaluate(() =>
      window.harness.failure(window.harness.importText('A.csv', window.harness.csv('A', 110_000, 1, 7))),
    );
    expect(failure?.message).toMatch(/^storage is full: the import needs about [\d.]+ MB; the browser reports .* free/);
    expect(failure?.cause).toMatch(/^QuotaExceededError/);
    expect(await page.evaluate(() => window.harness.library.list())).toEqual(before);
    expect(await page.evaluate(() => window.harness.stored())).toEqual({ datasets: 1, chunks: 1, pages: 1 });
    await page.evaluate(() => window.harness.importText('A.csv', window.harness.csv('A', 10_000, 3)));
    expect(await listed(page)).toEqual([
      ['A', 10_000],
      ['before', 1_000],
    ]);
  } finally {
    await page.context().browser()!.close();
  }
});
