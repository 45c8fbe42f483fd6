import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { isSound } from './sound.ts';
import { Studio } from './studio.ts';

const minute = (i: number): string =>
  `${String(9 + Math.floor((30 + i) / 60)).padStart(2, '0')}:${String((30 + i) % 60).padStart(2, '0')}`;
const bar = (i: number, price = 100): string =>
  `03/04/2024,${minute(i)},${price},${price + 1},${price - 1},${price},5,q`;
const text = (...lines: string[]): string => ['Date,Time,Open,High,Low,Close,Vol,Extra', ...lines, ''].join('\n');
const plain = text(...Array.from({ length: 60 }, (_, i) => bar(i)));

test('decisions are changed in the preview, what does not fit is not taken, and choices are remembered by layout', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.choose({ name: 'SPY.csv', text: plain });
  const zone = page.getByLabel('Zone of the times', { exact: true });
  const row = page.locator('[data-decision="zone"]');
  await expect(row).toContainText('guess');
  await zone.selectOption('Europe/London');
  await expect(row).toContainText('chosen');
  await page.getByLabel('Column Close', { exact: true }).selectOption('left out');
  await expect(page.getByRole('alert')).toContainText('Not taken yet');
  await expect(studio.button('Import')).toBeDisabled();
  await page.getByLabel('Column Close', { exact: true }).selectOption('close');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await isSound(page, 'the preview');
  await studio.button('Import').click();
  await expect(page.getByTestId('import-summary')).toContainText('London time');

  await studio.choose({ name: 'QQQ.csv', text: plain.replace('100,101', '101,101') });
  await expect(row).toContainText('remembered');
  await expect(zone).toHaveValue('Europe/London');
  await studio.button('Forget the choices').click();
  await expect(row).toContainText('guess');
  await expect(zone).toHaveValue('America/New_York');
});

test('the audit lists every record that was left out, searched and downloaded, and flags', async ({ page }) => {
  const studio = await new Studio(page).open();
  const bars = Array.from({ length: 60 }, (_, i) => (i === 40 ? bar(i, 10_000) : bar(i)));
  await studio.import({ name: 'SPY.csv', text: text(...bars, bar(3, 101), '=1+1,x') });
  await studio.button('Audit of SPY').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('row', { name: /^SPY\.csv/ })).toContainText('63');
  await dialog.getByRole('tab', { name: /^Left out/ }).click();
  await expect(dialog.getByRole('status')).toHaveText('2 records');
  await expect(dialog.getByRole('row', { name: /conflict/ })).toContainText('which was taken');
  await dialog.getByLabel('Search the records left out').fill('too few');
  await expect(dialog.getByRole('status')).toHaveText('1 record found');
  const download = page.waitForEvent('download');
  await studio.button('Download records left out').click();
  const csv = await readFile(await (await download).path(), 'utf8');
  expect(csv).toContain(`SPY.csv,63,rejected,too few fields,"'=1+1,x"`);
  expect(csv.trimEnd().split('\r\n')).toHaveLength(3);
  await dialog.getByRole('tab', { name: /^Flags/ }).click();
  await expect(dialog.getByRole('row', { name: /price off by a factor/ })).toContainText('SPY');
  await isSound(page, 'the audit');
});

test('the audit of more files than a page has turns its pages, and says what differs between them', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  const files = Array.from({ length: 502 }, (_, i) => ({
    name: `F${1_000 + i}.csv`,
    text: text(bar(1), bar(2), bar(3), ...(i === 501 ? ['x'] : [])),
  }));
  await studio.import(...files);
  await studio.button('Audit of F1000').click();
  const dialog = page.getByRole('dialog');
  const last = dialog.getByRole('rowheader', { name: 'F1501.csv' });
  await expect(dialog.getByRole('status')).toHaveText('Files 1 to 500 of 502 are shown; the last row counts all.');
  await expect(last).toHaveCount(0);
  await expect(dialog.getByText('each file’s own')).toBeVisible();
  await dialog.getByRole('button', { name: 'Later files' }).click();
  await expect(dialog.getByRole('status')).toHaveText('Files 501 to 502 of 502 are shown; the last row counts all.');
  await expect(last).toBeVisible();
  await expect(dialog.getByRole('row', { name: /502 files together/ })).toContainText('2,009');
  await expect(dialog.getByRole('button', { name: 'Later files' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Earlier files' }).click();
  await expect(last).toHaveCount(0);
});
