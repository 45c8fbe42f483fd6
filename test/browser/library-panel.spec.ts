import { expect, test } from '@playwright/test';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { Studio } from './studio.ts';

const walk = (seed: number): string => barsCsv(randomWalk('2024-03-07', '2024-03-08', seed));
const [one, two] = [walk(3), walk(4)];
const oneFile = { name: 'ONE.csv', text: one };
const twoFile = { name: 'TWO.csv', text: two };

test('two files of one name are previewed and imported; the focus is where it helps', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.choose(oneFile, { ...oneFile, text: two });
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(studio.button('Import')).toBeFocused();
  await studio.import(oneFile, { ...oneFile, text: two });
  await expect(page.getByTestId('import-summary').getByRole('table')).toHaveCount(2);
  await expect(studio.button('Import')).toBeFocused();
});

test('a dataset of many symbols names some and counts the rest', async ({ page }) => {
  const rows = Array.from({ length: 1_500 }, (_, i) => `S${1_000 + i},2024-03-07T14:30:00Z,1,1,1,1,1\n`);
  const studio = await new Studio(page).open();
  await studio.import({ name: 'many.csv', text: `symbol,timestamp,open,high,low,close,volume\n${rows.join('')}` });
  await expect(studio.dataset('many')).toContainText('S1000 S1001 S1002 and 1,497 more · 1m');
});

test('results stay until something else is played', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(oneFile);
  await studio.speed('max');
  const fingerprint = await studio.playToEnd();
  await studio.import(twoFile);
  await expect(studio.dataset('ONE')).toContainText('on the deck');
  await expect(studio.dataset('TWO')).toContainText('next');
  await studio.isState('finished');
  expect(await studio.fingerprint()).toBe(fingerprint);
  await expect(page.getByText('The set-up has changed since this run began.')).toBeVisible();
  expect((await studio.report()).data[0]?.dataset).toBe('ONE');
  await studio.play();
  await studio.isState('finished');
  await expect(studio.dataset('TWO')).toContainText('on the deck');
  expect(await studio.fingerprint()).not.toBe(fingerprint);
  expect((await studio.report()).data[0]?.dataset).toBe('TWO');
});

test('deleting what plays says so, stops the run first, and hands the focus on', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(twoFile);
  await studio.import(oneFile);
  await studio.play();
  await studio.isState('playing');
  await studio.button('Delete TWO').click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).not.toContainText('stops the run');
  await page.keyboard.press('Escape');
  await expect(studio.button('Delete TWO')).toBeFocused();
  await studio.button('Delete ONE').click();
  await expect(dialog).toContainText('A run is using it: deleting it stops the run.');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(studio.dataset('ONE')).toHaveCount(0);
  await expect(studio.button('Stop')).toBeDisabled();
  await expect(studio.button('Put TWO on the deck')).toBeFocused();
  await expect(page.getByText('The run failed')).toHaveCount(0);
  await studio.button('Delete TWO').click();
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.locator('#drop-zone')).toBeFocused();
});

test('names: no hashes, no confusion with the controls, and the focus comes back', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'sha256:y.csv', text: one });
  await expect(studio.dataset('sha256-y')).toHaveCount(1);
  const rename = async (from: string, to: string, key: string): Promise<void> => {
    await studio.button(`Rename ${from}`).click();
    await page.getByLabel(`New name of ${from}`).fill(to);
    await page.keyboard.press(key);
  };
  await rename('sha256-y', 'sha256:z', 'Enter');
  expect(await studio.error()).toMatch(/looks like the hash of bars; choose one/);
  await expect(studio.button('Rename sha256-y')).toBeFocused();
  await rename('sha256-y', 'no', 'Escape');
  await expect(studio.button('Rename sha256-y')).toBeFocused();
  await rename('sha256-y', 'Play', 'Enter');
  await expect(studio.button('Rename Play')).toBeFocused();
  await expect(studio.button('Play')).toHaveCount(1);
});

test('a preview that cannot be drawn is told, and the page goes on', async ({ page }) => {
  const studio = await new Studio(page).open();
  const file = { name: 'ODD.csv', text: one.replaceAll('\n', ',7\n').replace(',7\n', ',oddness\n') };
  await page.evaluate(() => {
    const plain = Object.getOwnPropertyDescriptor(Array.prototype, 'join')!;
    Array.prototype.join = function (separator) {
      // What was understood of the file is told with commas.
      if (separator === ', ' && String(this[0]).startsWith('Bars of ODD')) {
        Object.defineProperty(Array.prototype, 'join', plain);
        throw new Error('no list today');
      }
      return (plain.value as typeof Array.prototype.join).call(this, separator);
    };
  });
  await studio.choose(file);
  const told = page.getByTestId('error').filter({ hasText: 'The preview could not be shown. no list today' });
  await expect(told).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('body')).not.toHaveCSS('pointer-events', 'none');
  await studio.import(file);
});

test('a run whose bars were deleted in another tab fails once, with the reason and a partial report', async ({
  context,
}) => {
  const studio = await new Studio(await context.newPage()).open();
  await studio.import({ name: 'HALF.csv', text: barsCsv(randomWalk('2023-09-01', '2024-03-08', 3)) });
  await studio.import(twoFile);
  await studio.button('Put HALF on the deck').click();
  await studio.play();
  const other = await new Studio(await context.newPage()).open();
  await other.button('Delete HALF').click();
  await other.page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(other.dataset('HALF')).toHaveCount(0);
  await studio.page.bringToFront();
  await studio.speed('max');
  await studio.isState('failed');
  const failure = studio.page.getByTestId('error').filter({ hasText: 'The run failed' });
  await expect(failure).toHaveCount(1);
  await expect(failure).toContainText(/not in the library.*choose another dataset.*sessions that ended/s);
  await expect(studio.button('Play')).toBeDisabled();
  const download = studio.page.waitForEvent('download');
  await studio.button('Download report').click();
  expect((await download).suggestedFilename()).toBe('tapedeck-HALF-partial.json');
  await studio.button('Put TWO on the deck').click();
  await expect(failure).toContainText('Press Play');
  await studio.play();
  await studio.isState(/playing|finished/);
  await expect(failure).toHaveCount(0);
});
