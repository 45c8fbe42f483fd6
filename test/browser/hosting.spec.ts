import { expect, test as base, type Page } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { barsCsv } from '../support/bars-csv.ts';
import { nextVersion } from '../support/next-version.ts';
import { plainHost, type PlainHost } from '../support/plain-host.ts';
import { scriptSizes } from '../support/script-sizes.ts';
import { randomWalk } from '../support/synthetic.ts';
import { isolated } from './hosts.ts';
import { askProbe, probe } from './probe.ts';
import { Studio } from './studio.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const walk = { name: 'WALK.csv', text: barsCsv(randomWalk('2024-03-07', '2024-03-08', 7)) };

/** A host without headers under a path, for one test alone. */
const test = base.extend<{ host: PlainHost }>({
  host: async ({}, use) => {
    const host = await plainHost(dist, { path: '/some/where/tapedeck/' });
    await use(host);
    await host.close();
  },
});
test.use({ serviceWorkers: 'allow' });

const modeOf = (page: Page, mode: string): Promise<void> =>
  expect(page.getByTestId('isolation')).toHaveAttribute('data-mode', mode, { timeout: 20_000 });

/** Counts the documents that a page loads. */
function loads(page: Page): () => number {
  let count = 0;
  page.on('domcontentloaded', () => count++);
  return () => count;
}

/** Resolves once a service worker controls the page, and the page has done what it does then. */
const controlled = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 20));
  });

test('a bare host under a path: isolated after one reload, with the link that was opened', async ({ page, host }) => {
  const count = loads(page);
  await page.goto(`${host.address}#config=${encodeURIComponent('{"replay":{"speed":600}}')}`);
  await modeOf(page, 'shared');
  await expect.poll(count).toBe(2);
  expect(page.url()).toContain('#config=');
  await page.reload();
  await modeOf(page, 'shared');
  await expect.poll(count).toBe(3);
  await expect(page.getByTestId('error')).toHaveCount(0);
});

test('without its host the page is there again, and plays', async ({ page, host }) => {
  const studio = await new Studio(page).open(host.address);
  await modeOf(page, 'shared');
  await studio.import(walk);
  await host.close();
  await page.reload();
  await modeOf(page, 'shared');
  await expect(page.getByTestId('chart').locator('canvas').first()).toBeAttached();
  await studio.configure({ data: { dataset: 'WALK' }, replay: { speed: 'max' } });
  expect(await studio.playToEnd()).toMatch(/^sha256:/);
  await expect(page.getByTestId('error')).toHaveCount(0);
  await page.goto(`${host.address}?docs=look-ahead`);
  await expect(page.getByRole('heading', { name: 'No look-ahead' })).toBeInViewport();
});

test('under a page with a service worker of its own: isolated after one reload, and nothing is said of a new version', async ({
  page,
  host,
}) => {
  host.add('/index.html', '<!doctype html><title>Another page</title>');
  host.add('/sw.js', 'onactivate = (event) => event.waitUntil(clients.claim());');
  await page.goto(new URL('/index.html', host.address).href);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
  });
  const count = loads(page);
  await page.goto(host.address);
  await modeOf(page, 'shared');
  await expect.poll(count).toBe(2);
  await expect(page.getByText('A new version is ready.')).toHaveCount(0);
});

test('a host with headers: no reload, and a service worker all the same', async ({ page }) => {
  const count = loads(page);
  await new Studio(page).open(isolated);
  await controlled(page);
  await modeOf(page, 'shared');
  await expect.poll(count).toBe(1);
});

test('the policy holds in workers, which have none of a page that states it by itself', async ({ page, host }) => {
  let hits = 0;
  const foreign = createServer((_, response) => {
    hits++;
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end();
  });
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`;
  const library = `assets/${(await readdir(`${dist}assets`)).find((name) => name.startsWith('library-'))!}`;
  host.add(library, (await readFile(dist + library, 'utf8')) + probe);
  try {
    const lost = host.lose('service-worker.js');
    await new Studio(page).open(host.address);
    expect(await askProbe(page, address)).toBe('answered');
    const before = hits;
    expect(before).toBeGreaterThan(0);
    lost();
    await page.reload();
    await modeOf(page, 'shared');
    expect(await askProbe(page, address)).toBe('blocked');
    expect(hits).toBe(before);
  } finally {
    foreign.close();
  }
});

test.describe('where a service worker is not to be had: single mode, no error, no reload', () => {
  const cases: [string, (page: Page, host: PlainHost) => unknown][] = [
    ['its script is missing', (_, host) => host.lose('service-worker.js')],
    ['a file of the edition is missing', (_, host) => host.lose('icon.svg')],
    [
      'the browser has none',
      (page) => page.addInitScript(() => Object.defineProperty(navigator, 'serviceWorker', { value: undefined })),
    ],
    [
      'registration is refused',
      (page) =>
        page.addInitScript(() => {
          ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('No', 'SecurityError'));
        }),
    ],
  ];
  for (const [name, arrange] of cases)
    test(name, async ({ page, host }) => {
      const count = loads(page);
      await arrange(page, host);
      const studio = await new Studio(page).open(host.address);
      await studio.import(walk);
      await modeOf(page, 'single');
      await expect.poll(count).toBe(1);
      await expect(page.getByTestId('error')).toHaveCount(0);
    });
});

test('where site data are blocked: single mode, an import in memory, and one error that says so', async ({
  page,
  host,
}) => {
  // What Chromium does then; its workers see the same.
  const refuse = (): void => {
    const refused = (): Promise<never> => Promise.reject(new DOMException('The request was denied.', 'SecurityError'));
    LockManager.prototype.request = refused;
    LockManager.prototype.query = refused;
  };
  await page.addInitScript(refuse);
  await page.addInitScript(() => {
    ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('No', 'NotSupportedError'));
  });
  await page.route(/\/library-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      body: `(${String(refuse)})();IDBFactory.prototype.open = () => { throw new Error('No') };${await response.text()}`,
    });
  });
  const studio = await new Studio(page).open(host.address);
  await modeOf(page, 'single');
  await studio.import(walk);
  expect(await studio.error()).toContain('Datasets are not kept');
  await expect(page.getByTestId('error')).toHaveCount(1);
});

test('where the reload cannot be remembered there is none', async ({ page, host }) => {
  const count = loads(page);
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('No', 'SecurityError');
    };
  });
  await new Studio(page).open(host.address);
  await controlled(page);
  await modeOf(page, 'single');
  await expect.poll(count).toBe(1);
  await page.reload();
  await modeOf(page, 'shared');
});

test('what the user has begun is not thrown away by the reload', async ({ page, host }) => {
  const count = loads(page);
  const release = host.hold('service-worker.js');
  const studio = await new Studio(page).open(host.address);
  await studio.choose(walk);
  await page.getByRole('dialog').waitFor();
  release();
  await controlled(page);
  await studio.button('Import').click();
  await page.getByTestId('import-summary').waitFor();
  await expect.poll(count).toBe(1);
  await modeOf(page, 'single');
});

test('a new version waits until it is asked for, and open pages keep what they are made of', async ({
  page,
  context,
  host,
}) => {
  const studio = await new Studio(page).open(host.address);
  await modeOf(page, 'shared');
  await studio.import(walk);
  const old = await new Studio(await context.newPage()).open(host.address);
  const before = await entryOf(page);
  host.deploy(await nextVersion(dist));

  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect(page.getByText('A new version is ready.')).toBeVisible();
  await expect(old.page.getByText('A new version is ready.')).toBeVisible();
  await studio.button('Update').click();
  await expect.poll(() => entryOf(page)).not.toBe(before);
  await modeOf(page, 'shared');
  await expect(page.getByText('A new version is ready.')).toHaveCount(0);

  // The page that stayed loads its workers only now; the host has them no more.
  expect(await entryOf(old.page)).toBe(before);
  await old.configure({ data: { dataset: 'WALK' }, replay: { speed: 'max' } });
  await old.playToEnd();
  await expect(old.page.getByTestId('error')).toHaveCount(0);
  expect(await editions(page)).toBe(2);

  await old.button('Update').click();
  await expect.poll(() => entryOf(old.page)).not.toBe(before);
  await modeOf(old.page, 'shared');
  // Nobody needs the old one any more; it goes when a page is loaded next.
  await page.reload();
  await expect.poll(() => editions(page)).toBe(1);
});

test.describe('without a service worker', () => {
  test.use({ serviceWorkers: 'block' });
  const isCharts = (path: string): boolean => path.includes('candle-chart');

  test('what the page needs before its charts is under 120 kB of compressed script', async ({ page, host }) => {
    await new Studio(page).open(host.address);
    await expect.poll(() => host.asked.some(isCharts)).toBe(true);
    const needed = host.asked.filter((path) => /\/(index|library)-[^/]*\.js$/.test(path));
    const sizes = await scriptSizes(needed.map((path) => dist + path));
    expect(sizes.size).toBeGreaterThan(2);
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    expect(total, JSON.stringify([...sizes])).toBeLessThan(120_000);
  });

  test('a part that the host has no more is an error that says so, and the page goes on', async ({ page, host }) => {
    const studio = await new Studio(page).open(host.address);
    await expect.poll(() => host.asked.some(isCharts)).toBe(true);
    host.deploy(await nextVersion(dist));
    await page.keyboard.press('?');
    expect(await studio.error()).toMatch(/could not be shown.*Reload the page/s);
    await expect(studio.button('Import')).toBeEnabled();
  });
});

const editions = (page: Page): Promise<number> => page.evaluate(async () => (await caches.keys()).length);

/** The script that a page began with. */
const entryOf = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector<HTMLScriptElement>('script[type=module]')?.src ?? '').catch(() => '');
