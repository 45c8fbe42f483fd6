import { expect, test, type Page } from '@playwright/test';
import { sampleSha256 } from '../../src/sample/identity.ts';
import { barsCsv } from '../support/bars-csv.ts';
import { sampleFingerprint } from '../support/sample-run.ts';
import { randomWalk } from '../support/synthetic.ts';
import { isolated, plain } from './hosts.ts';
import { Studio } from './studio.ts';

const own = { name: 'sample.csv', text: barsCsv(randomWalk('2024-03-07', '2024-03-08', 7)) };

function linkTo(dataset: string, fillFrom: readonly string[] = ['backup'], rest: object = {}): string {
  return `#config=${encodeURIComponent(JSON.stringify({ data: { dataset, fillFrom, ...rest } }))}`;
}

/** How many records each store of the page's database has. */
function stored(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('the request failed'));
      });
    const db = await settled(indexedDB.open('tapedeck'));
    const counts: Record<string, number> = {};
    for (const name of db.objectStoreNames)
      counts[name] = await settled(db.transaction(name).objectStore(name).count());
    db.close();
    return counts;
  });
}

test('one press, and three symbols play with gaps found, mended, tried again and given up', async ({ page }) => {
  const studio = await new Studio(page).open();
  await expect(studio.button('Try the sample')).toHaveCount(1);
  await studio.button('Try the sample').click();
  const pressed = Date.now();
  await studio.isState('playing');
  await expect(page.getByTestId('chart')).toBeFocused();
  await expect(page.getByRole('combobox', { name: 'Speed' })).toHaveValue('600');
  await expect(page.getByTestId('quality')).toHaveCount(3);
  await page.getByRole('tab', { name: /^Gaps/ }).click();
  const gaps = page.getByRole('tabpanel', { name: /^Gaps/ });
  await expect(gaps.getByRole('row').filter({ hasText: 'filled from backup' }).first()).toBeVisible();
  await expect(gaps.getByRole('row').filter({ hasText: 'given up' }).first()).toBeVisible();
  expect(Date.now() - pressed).toBeLessThan(10_000);
  await expect(page.getByRole('banner')).toContainText('sample · synthetic · 3 symbols · 25 sessions');
  for (const [name, sha256] of Object.entries(sampleSha256)) {
    await expect(studio.dataset(name)).toHaveAttribute('data-sha256', sha256);
    await expect(studio.dataset(name)).toContainText('synthetic');
  }
});

test('pressed again it plays what is stored, also beside bars of its name and under another one', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(own);
  await expect(studio.button('Try the sample')).toHaveCount(1);
  await studio.button('Try the sample').click();
  await studio.isState('playing');
  await expect(page.getByTestId('dataset')).toHaveCount(3);
  await expect(studio.dataset('sample 2')).toContainText('on the deck');
  await studio.button('Rename sample 2').click();
  await page.getByLabel('New name of sample 2').fill('demo');
  await page.keyboard.press('Enter');
  await expect(studio.dataset('demo')).toContainText('on the deck');
  await studio.button('Try the sample').click();
  await expect(studio.dataset('demo')).toContainText('on the deck');
  await studio.isState('playing');
  await expect(page.getByTestId('dataset')).toHaveCount(3);
});

for (const [mode, address] of [
  ['shared', isolated],
  ['single', plain],
] as const)
  test(`a link to it stores nothing until Play, and gives what the terminal gives, ${mode}`, async ({ page }) => {
    const studio = await new Studio(page).open(address);
    expect(await stored(page)).toEqual({ chunks: 0, datasets: 0 });
    await studio.configure({ data: { dataset: 'sample', fillFrom: ['backup'] } });
    await studio.isState('ready');
    await expect(page.getByRole('banner')).toContainText('sample · synthetic');
    expect(await stored(page)).toEqual({ chunks: 0, datasets: 0 });
    await expect(page.getByTestId('dataset')).toHaveCount(0);
    await studio.speed('max');
    expect(await studio.playToEnd()).toBe(sampleFingerprint);
    await expect(page.getByTestId('dataset')).toHaveCount(2);
    expect((await stored(page))['datasets']).toBe(2);
    expect((await studio.report()).data[0]).toMatchObject({ dataset: 'sample', sha256: sampleSha256.sample });
  });

test('a link to it stores and plays it by steps too', async ({ page }) => {
  const studio = await new Studio(page).open(isolated, linkTo('sample'));
  await studio.isState('ready');
  await studio.button('Step bar').click();
  await studio.isState('paused');
  await expect(page.getByTestId('bar-count').first()).toHaveAttribute('data-value', '1');
  await expect(page.getByTestId('dataset')).toHaveCount(2);
});

test('its name means bars of the user where there are such, its hash never', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(own);
  const fill = { data: { dataset: 'sample', fillFrom: ['backup'] } };
  await page.evaluate((hash) => (location.hash = hash), `config=${encodeURIComponent(JSON.stringify(fill))}`);
  await expect(page.getByTestId('error')).toHaveText(
    /Wanted: bars to fill gaps from, called “backup”; they are not here/,
  );
  await expect(studio.button('Play')).toBeDisabled();
  await studio.configure({ data: { dataset: sampleSha256.sample, fillFrom: ['backup'] }, replay: { speed: 'max' } });
  expect(await studio.playToEnd()).toBe(sampleFingerprint);
  await expect(studio.dataset('sample 2')).toHaveAttribute('data-sha256', sampleSha256.sample);
});

test('Share makes a short link of it, with which another page plays the same', async ({ page, browser }) => {
  const studio = await new Studio(page).open();
  await studio.button('Try the sample').click();
  await studio.isState('playing');
  await studio.button('Share').click();
  const link = await page.getByRole('textbox', { name: 'Link to this set-up' }).inputValue();
  expect(link.length).toBeLessThan(200);
  const context = await browser.newContext();
  const other = await new Studio(await context.newPage()).open('', link);
  await other.speed('max');
  expect(await other.playToEnd()).toBe(sampleFingerprint);
  await context.close();
});
