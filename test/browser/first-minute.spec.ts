import { expect, test } from '@playwright/test';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { isolated } from './hosts.ts';
import { Studio } from './studio.ts';

const file = { name: 'WALK.csv', text: barsCsv(randomWalk('2024-03-07', '2024-03-08', 7)) };
const dropping = { data: { dataset: 'WALK' }, feed: { dropRate: 0.1, seed: 5 }, replay: { speed: 'max' } };

test('an import says in a sentence what was understood of the file, before it is stored and after', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  const lines = file.text.trimEnd().split('\n');
  await studio.choose({ name: 'WALK.csv', text: lines.filter((_, i) => i % 100 !== 50).join('\n') });
  await expect(page.getByRole('dialog')).toContainText(
    'Bars of WALK, each time with its offset, taken as stamped at their start; every column is used.',
  );
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
  await expect(page.getByTestId('import-summary')).toContainText(
    '772 one-minute bars of WALK, 7 – 8 Mar 2024, each time with its offset, taken as stamped at their start; 8 bars (1.0 %) are missing in 2 sessions of XNYS.',
  );
});

test('the summary of an import whose file has a long name in one word has all of it, and its button, in sight', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.import({ ...file, name: '6EH4.XCME_1min_bars_20240101_20240131_and_on.csv' });
  const summary = (await page.getByTestId('import-summary').boundingBox())!;
  const button = (await page.getByRole('button', { name: 'Dismiss the summary' }).boundingBox())!;
  expect(button.x + button.width).toBeLessThan(summary.x + summary.width);
});

test('a preview of many files begins with what it is, and its button is in sight', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.choose(...['A', 'B', 'C', 'D'].map((name) => ({ ...file, name: `${name}.csv` })));
  const button = page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true });
  await expect(button).toBeFocused();
  await expect(button).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('heading', { name: 'Import 4 files' })).toBeInViewport({ ratio: 1 });
});

test('a run begins with a symbol that has bars then, and one that has none says when it has', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(
    { name: 'LATE.csv', text: barsCsv(randomWalk('2024-03-11', '2024-03-12', 8)) },
    { name: 'WALK.csv', text: file.text },
  );
  await studio.configure({ data: { dataset: 'LATE' }, replay: { speed: 'max' } });
  await studio.button('Step session').click();
  await studio.isState('paused');
  const chart = page.getByRole('region', { name: 'Chart', exact: true });
  const none = chart.getByText('LATE has no bars here; its bars are of 11 – 12 Mar 2024.');
  await expect(studio.button('Chart WALK')).toHaveAttribute('aria-pressed', 'true');
  await expect(none).toHaveCount(0);
  await studio.button('Chart LATE').click();
  await expect(none).toBeVisible();
  await expect(chart.getByText('WALK has bars here.')).toBeVisible();
});

test('a hint that was dismissed does not come again, and one ends when one does what it says', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await studio.configure(dropping);
  await studio.button('Step session').click();
  await studio.isState('paused');
  const hint = page.getByTestId('hint');
  await expect(hint).toContainText('Bars are missing.');
  await studio.button('Dismiss the hint').click();
  await expect(hint).toContainText('Go back by a bar');
  await page.reload();
  await studio.isState('paused');
  await studio.button('Dismiss the note').click();
  await expect(hint).toContainText('Go back by a bar');
  await studio.button('Back a bar').click();
  await expect(hint).toHaveCount(0);
  await studio.isState('paused');
  await studio.play();
  await studio.isState('finished');
  await expect(hint).toContainText('Share makes a link');
  await studio.button('Share').click();
  await expect(hint).toHaveCount(0);
  await page.reload();
  await studio.isState('finished');
  await studio.button('Dismiss the note').click();
  await expect(hint).toHaveCount(0);
});

test('what takes longer than a moment shows progress, and no longer than it takes', async ({ page }) => {
  await page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    const slow = function (this: Worker, ...message: unknown[]): void {
      setTimeout(() => postMessage.apply(this, message as Parameters<typeof postMessage>), 1_500);
    };
    Worker.prototype.postMessage = slow as typeof postMessage;
  });
  const progress = (name: string) => page.getByRole('progressbar', { name });
  const studio = new Studio(page);
  await page.goto(isolated, { waitUntil: 'commit' });
  await expect(progress('Opening the library')).toBeVisible();
  await studio.isState('idle');
  await expect(progress('Opening the library')).toHaveCount(0);
  await studio.choose(file);
  await expect(progress('Reading the file')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
  await expect(progress('Import')).toBeVisible();
  await page.getByTestId('import-summary').waitFor();
  await studio.play();
  await expect(progress('Loading the tape')).toBeVisible();
  await expect(page.getByTestId('bar-count')).toHaveAttribute('data-value', /[1-9]/);
  await expect(progress('Loading the tape')).toHaveCount(0);
  await studio.button('Back a bar').click();
  await expect(progress('Going back')).toBeVisible();
  await studio.isState('paused');
  await expect(progress('Going back')).toHaveCount(0);
});

test('who deletes a dataset hears that another tab plays it, and the other tab hears that it is gone', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await studio.button('Step bar').click();
  await studio.isState('paused');
  const beside = await new Studio(await page.context().newPage()).open();
  await beside.button('Delete WALK').click();
  const dialog = beside.page.getByRole('alertdialog');
  await expect(dialog).toContainText('A run in another tab is using it');
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(beside.page.getByTestId('dataset')).toHaveCount(0);
  expect(await studio.error()).toContain('“WALK” was deleted in another tab.');
  await beside.page.close();
});

test('what nobody caught is told, and the page goes on', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await page.evaluate(() => void setTimeout(() => Promise.reject(new Error('the tape is torn'))));
  expect(await studio.error()).toContain('Something in this page went wrong. the tape is torn.');
  await expect(studio.button('Reload the page')).toBeVisible();
  await studio.button('Dismiss: Something in this page went wrong').click();
  await studio.speed('max');
  expect(await studio.playToEnd()).toMatch(/^sha256:/);
});

test('a part of the page that cannot be drawn leaves the others as they are, and comes back', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await page.evaluate(() => {
    const format = Object.getOwnPropertyDescriptor(Intl.NumberFormat.prototype, 'format')!;
    const refuse = {
      ...format,
      get: () => {
        throw new Error('no numbers today');
      },
    };
    Object.defineProperty(Intl.NumberFormat.prototype, 'format', refuse);
    Object.assign(window, { mend: () => Object.defineProperty(Intl.NumberFormat.prototype, 'format', format) });
  });
  await studio.button('Step bar').click();
  await expect(
    page.getByTestId('error').filter({ hasText: 'The session cannot be shown. no numbers today.' }),
  ).toBeVisible();
  await expect(studio.dataset('WALK')).toBeVisible();
  await page.evaluate(() => (window as unknown as { mend: () => void }).mend());
  // What formats numbers by a timer has no part of the page to fail in: it is told, once, until it is dismissed.
  const told = page.getByRole('button', { name: /^(Show .* again|Dismiss: Something in this page went wrong)$/ });
  await expect(async () => {
    while ((await told.count()) > 0) await told.first().click();
    await expect(page.getByTestId('error')).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
  await studio.button('Step bar').click();
  await expect(page.getByTestId('clock')).toContainText('09:32:00');
  await expect(page.getByTestId('bar-count')).toHaveAttribute('data-value', '2');
});
