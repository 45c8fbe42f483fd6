import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { barsCsv } from '../support/bars-csv.ts';
import { sampleFingerprint } from '../support/sample-run.ts';
import { randomWalk } from '../support/synthetic.ts';
import { plain } from './hosts.ts';
import { askProbe, probeBlobs } from './probe.ts';
import { Studio } from './studio.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const built = fileURLToPath(new URL('../../dist/tapedeck.html', import.meta.url));

/** Three sessions with holes. */
const feed = {
  name: 'WALK.csv',
  text: barsCsv(randomWalk('2024-03-07', '2024-03-11', 7, (_, slot) => slot % 37 !== 5)),
};
const config = {
  data: { dataset: 'WALK', fillFrom: ['WALK'] },
  feed: { dropRate: 0.1, seed: 5 },
  replay: { speed: 'max' },
};

/** The address of a copy that lies alone in a folder, so that nothing beside it can help. */
async function copied(): Promise<string> {
  const path = join(temporaryFolder('one file '), 'tapedeck.html');
  await copyFile(built, path);
  return pathToFileURL(path).href;
}

/** What the page said and asked for that it should not have. */
function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') found.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) found.push(request.url());
  });
  return found;
}

async function alone(browser: Browser, work: (page: Page, context: BrowserContext) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ timezoneId: 'UTC' });
  try {
    await work(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

test('imports, plays to the same fingerprint, reports and shares, with nothing beside it and no network', async ({
  page,
  browser,
}) => {
  const hosted = await new Studio(page).open();
  await hosted.import(feed);
  await hosted.configure(config);
  const expected = await hosted.playToEnd();

  await alone(browser, async (page, context) => {
    const found = complaints(page);
    await context.setOffline(true);
    const studio = await new Studio(page).open(await copied());
    await expect(page.getByTestId('isolation')).toHaveAttribute('data-mode', 'single');
    await studio.import(feed);
    await studio.configure(config);
    expect(await studio.playToEnd()).toBe(expected);
    expect((await studio.report()).fingerprint).toBe(expected);
    await expect(page.getByTestId('chart').locator('canvas').first()).toBeVisible();

    await studio.button('Share').click();
    const link = await page.getByRole('textbox', { name: 'Link to this set-up' }).inputValue();
    expect(link).toMatch(/^#c=[A-Za-z0-9_-]+$/);

    await page.reload();
    await expect(studio.dataset('WALK')).toHaveCount(1);
    await studio.isState('finished');
    expect(await studio.fingerprint()).toBe(expected);
    expect(found).toEqual([]);
  });
});

test('reads Parquet with its codecs, with nothing beside it', async ({ browser }) => {
  await alone(browser, async (page) => {
    const found = complaints(page);
    const studio = await new Studio(page).open(await copied());
    const bytes = await readFile(new URL('../intake/parquet-files/zstd.parquet', import.meta.url));
    await studio.import({ name: 'SPY.parquet', text: bytes });
    await expect(page.getByTestId('dataset')).toHaveAttribute('data-bars', '240');
    expect(found).toEqual([]);
  });
});

test('plays the sample to the fingerprint that it has everywhere', async ({ browser }) => {
  await alone(browser, async (page) => {
    const found = complaints(page);
    const studio = await new Studio(page).open(await copied());
    await studio.button('Try the sample').click();
    await studio.isState('playing');
    await studio.speed('max');
    await studio.isState('finished');
    expect(await studio.fingerprint()).toBe(sampleFingerprint);
    expect(found).toEqual([]);
  });
});

test('lets nothing out, from its workers neither', async ({ browser }) => {
  await alone(browser, async (page) => {
    const fetched = (address: string): Promise<boolean> =>
      page.evaluate(
        (url) =>
          fetch(url, { mode: 'no-cors' }).then(
            () => true,
            () => false,
          ),
        address,
      );
    await probeBlobs(page);
    expect(await fetched(plain)).toBe(true);
    await page.goto(await copied());
    expect(await fetched(plain)).toBe(false);
    expect(await askProbe(page, plain)).toBe('blocked');
  });
});

test('plays from memory where the browser refuses storage, and says so', async ({ browser }) => {
  await alone(browser, async (page) => {
    const found = complaints(page);
    await page.addInitScript(refuseStorage);
    const studio = await new Studio(page).open(await copied());
    expect(await studio.error()).toContain('Datasets are not kept');
    await expect(page.getByText('None yet.')).toContainText('until this page is closed');
    await studio.import(feed);
    await expect(page.getByTestId('import-summary')).toContainText('stored until this page is closed');
    await studio.configure(config);
    expect(await studio.playToEnd()).toMatch(/^sha256:/);
    await studio.button('Share').click();
    await expect(page.getByText('copy it by hand')).toBeVisible();
    expect(found).toEqual([]);
  });
});

/** In the page: what keeps or tells anything outside of it throws or is absent, in its workers too. */
function refuseStorage(): void {
  const refuse = (): void => {
    const refused = (): never => {
      throw new DOMException('refused', 'SecurityError');
    };
    IDBFactory.prototype.open = refused;
    self.BroadcastChannel = refused as unknown as typeof BroadcastChannel;
    for (const name of ['locks', 'storage', 'clipboard'])
      Object.defineProperty(Object.getPrototypeOf(navigator), name, { value: undefined });
    for (const name of ['localStorage', 'sessionStorage'])
      if (name in self) Object.defineProperty(self, name, { get: refused });
  };
  refuse();
  const NativeBlob = Blob;
  window.Blob = class extends NativeBlob {
    constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
      super(options?.type?.startsWith('text/javascript') ? [`(${String(refuse)})();`, ...parts] : parts, options);
    }
  };
}
