import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { Studio } from './studio.ts';

/** Two sessions of minutes: of the second one a price is ten times too high, and two stretches are missing. */
function spiked(): string {
  const bars = randomWalk('2024-11-26', '2024-11-27', 1, (_, slot) => slot !== 60 && (slot < 100 || slot >= 105));
  const spike = 384 + 7;
  for (const column of [bars.open, bars.high, bars.low, bars.close]) column[spike]! *= 10;
  return barsCsv(bars);
}

test('the map tells the facts of a cell, its flags too, lists the gaps, and leads to the chart', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'SPY.csv', text: spiked() });
  await page.getByTestId('import-summary').getByRole('button', { name: 'Show the quality map' }).click();
  const map = page.getByTestId('quality-map');
  await expect(map).toHaveAttribute('data-whole', 'true');
  await expect(page.getByRole('list', { name: 'Signs of the map' })).toContainText('flagged');
  const facts = page.getByTestId('map-facts');

  // From the right-hand end by key: the last slot of the last session, then the flagged one by what it says.
  await page.getByRole('tab', { name: /^Gaps/ }).click();
  const gaps = page.getByRole('grid', { name: /^Gaps of the dataset/ }).getByRole('row');
  await expect(page.getByTestId('map-gaps')).toHaveAttribute('data-count', '4');
  await page.getByRole('button', { name: 'Sort by slots' }).click();
  await page.getByRole('button', { name: 'Sort by slots' }).click();
  await expect(gaps.nth(1)).toContainText('5');
  const saved = page.waitForEvent('download');
  await studio.button('Export gaps as CSV').click();
  const text = await readFile(await (await saved).path(), 'utf8');
  expect(text.trimEnd().split('\n')).toHaveLength(5);

  await gaps.nth(1).click();
  await expect(facts).toContainText('missing');
  await expect(map).toHaveAttribute('data-whole', 'true');
  await map.focus();
  await map.press('Home');
  await map.press('ArrowDown');
  for (let i = 0; i < 7; i++) await map.press('ArrowRight');
  await expect(facts).toContainText('Wed 27 Nov 2024, 09:37 to 09:38 EST: present, 1 flag');
  await expect(facts).toContainText('flagged: price off by a factor');

  const box = (await map.boundingBox())!;
  await page.mouse.move(box.x + 200, box.y + 40);
  await expect(facts).toContainText('Tue 26 Nov 2024');
  await page.mouse.click(box.x + 200, box.y + 40);
  await studio.button('Show in chart').click();
  await expect(map).toHaveCount(0);
  await expect(page.getByTestId('clock')).toContainText('2024');
});

test('a Parquet file packed with zstd is imported', async ({ page }) => {
  const studio = await new Studio(page).open();
  const path = fileURLToPath(new URL('../intake/parquet-files/zstd.parquet', import.meta.url));
  await studio.import({ name: 'SPY.parquet', text: await readFile(path) });
  await expect(page.getByTestId('dataset')).toHaveAttribute('data-bars', '240');
});
