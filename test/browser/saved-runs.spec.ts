import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { readReport } from '../../src/session/report-file.ts';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { Studio } from './studio.ts';

const text = barsCsv(randomWalk('2024-11-26', '2024-11-29', 7));
const config = { data: { dataset: 'WALK' }, replay: { speed: 'max' } };

test('runs are kept under a name, found after a reload, laid side by side, opened, shared and deleted', async ({
  page,
}) => {
  test.slow();
  const studio = await new Studio(page).open();
  const dialog = page.getByRole('dialog', { name: 'Saved runs' });
  const row = (name: string) => dialog.locator(`[data-testid=saved-run][data-name="${name}"]`);
  const button = (name: string) => dialog.getByRole('button', { name, exact: true });
  const show = async (): Promise<void> => {
    await studio.button('More').click();
    await page.getByRole('menuitem', { name: 'Saved runs' }).click();
    await expect(dialog).toBeVisible();
  };
  const keep = async (name: string): Promise<void> => {
    await dialog.getByLabel('Keep the run that is there as').fill(name);
    await button('Keep the run').click();
  };
  await show();
  await expect(dialog).toContainText('There is no run');
  await expect(dialog).toContainText('No run is kept yet');
  await button('Close').click();

  await studio.import({ name: 'WALK.csv', text });
  await studio.configure(config);
  const fingerprint = await studio.playToEnd();
  const looking = (await studio.report()).operations?.find(({ name }) => name === 'Looking at the run');
  expect(looking?.count).toBeGreaterThan(0);
  expect(looking?.maxMs).toBeGreaterThanOrEqual(looking?.p50Ms ?? NaN);
  await show();
  await keep('whole');
  await expect(row('whole')).toContainText('WALK · 1 symbol · 3 sessions · finished');
  await keep('whole');
  await expect(dialog.getByRole('alert')).toContainText('A run is kept as “whole” already');
  await button('Close').click();

  await studio.configure({ ...config, feed: { dropRate: 0.2 }, upkeep: { enabled: false } });
  await studio.playToEnd();
  const lines = page.getByRole('group', { name: 'Log of the loops, the latest first' }).locator('[data-level]');
  await page.getByRole('searchbox', { name: 'Filter the log' }).fill('QUALITY');
  await expect(lines).toHaveCount(3);
  const saved = page.waitForEvent('download');
  await studio.button('Save log').click();
  const csv = (await readFile(await (await saved).path(), 'utf8')).split('\r\n');
  expect(csv[1]).toMatch(
    /^2024-11-29T\d\d:\d\d:00Z,2024-11-29,info,coordinator,"session’s account: quality .*, .* missing"$/,
  );
  await page.getByLabel('Levels of the log').selectOption('errors');
  await expect(lines).toHaveCount(0);
  await expect(studio.button('Save log')).toBeDisabled();
  await show();
  await keep('dropped');
  await expect(row('dropped')).toBeVisible();

  await page.reload();
  await studio.isState('finished');
  await show();
  await row('whole').getByRole('checkbox').check();
  await row('dropped').getByRole('checkbox').check();
  const table = dialog.getByTestId('side-by-side');
  await expect(table.getByRole('columnheader')).toContainText(['Beside the first run', 'whole', 'dropped']);
  await expect(table.getByTestId('first-difference')).toContainText(/They part on Tue 26 Nov 2024, in slot \d+/);
  await expect(table.getByRole('row', { name: /^feed\.dropRate/ })).toContainText('00.2');
  await expect(table.getByRole('row', { name: /^Quality/ })).toContainText(/100\.00 %.*−\d+\.\d\d points/);
  await expect(table).toContainText('The same bars');
  await button('Compare session by session').click();
  const compare = page.getByRole('dialog', { name: 'Compare runs' });
  await expect(compare.getByTestId('comparison')).toHaveAttribute('data-same', 'false');
  await compare.getByRole('button', { name: 'Close' }).click();

  await show();
  const download = page.waitForEvent('download');
  await button('Download “whole” as JSON').click();
  const read = readReport(await readFile(await (await download).path(), 'utf8'));
  expect(read.ok && read.report.fingerprint).toBe(fingerprint);
  await button('Rename “dropped”').click();
  await dialog.getByLabel('New name of “dropped”').fill('lossy');
  await button('Rename it').click();
  await expect(row('lossy')).toBeVisible();
  await button('Delete “lossy”').click();
  await button('Keep it').click();
  await button('Delete “lossy”').click();
  await button('Delete it').click();
  await expect(row('lossy')).toHaveCount(0);
  await button('Open “whole” as the set-up').click();
  await expect(page.getByTestId('proof')).toBeVisible();
  expect(await studio.playToEnd()).toBe(fingerprint);
  await expect(page.getByTestId('proof')).toHaveAttribute('data-state', 'reproduced');
});

test('a record that is broken is named and deleted, and the others are there', async ({ page }) => {
  const studio = await new Studio(page).open();
  await page.evaluate(async () => {
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('tapedeck-saved-runs', 1);
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore('runs', { autoIncrement: true }).add({ version: 1, name: '<b>x</b>' });
        opening.result.createObjectStore('reports');
      };
      opening.onerror = () => reject(opening.error!);
      opening.onsuccess = () => {
        opening.result.close();
        resolve();
      };
    });
  });
  await studio.button('More').click();
  await page.getByRole('menuitem', { name: 'Saved runs' }).click();
  const dialog = page.getByRole('dialog', { name: 'Saved runs' });
  await expect(dialog.getByTestId('broken-run')).toContainText('Record 1 cannot be read: savedAt');
  await dialog.getByRole('button', { name: 'Delete record 1' }).click();
  await expect(dialog).toContainText('No run is kept yet');
});
