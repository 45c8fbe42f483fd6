import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { Studio } from './studio.ts';

/** What a strategy does is seen while the tape stands anywhere: the account, its trades in a table and on the chart, and the way back. */
test('a strategy on the page: account, trades on the chart, equity under it, and back to before an entry', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.configure({
    data: { dataset: 'sample', symbols: ['ALFA'], fillFrom: ['backup'], to: '2024-10-28' },
    replay: { speed: 'max' },
    strategy: { name: 'SMA cross', params: {} },
  });
  await page.getByRole('tab', { name: 'Trading' }).click();
  await studio.playToEnd();
  const { trades, equity } = await studio.report();
  const views = page.getByRole('group', { name: 'Trading' });
  const table = page.getByRole('grid', { name: /^Trades/ });
  const worth = page.getByTestId('account-worth');
  const money = (value: number): string =>
    value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  await expect(worth).toHaveText(money(equity.at(-1)![1]));
  // All that closed and the one that is open, and the row of titles.
  await expect(table).toHaveAttribute('aria-rowcount', String(trades.length + 2));
  await expect(page.getByTestId('equity')).not.toHaveAttribute('data-points', '0');

  await page.getByLabel('Result of the trades').selectOption('won');
  // One that is open is a gain or a loss as its price moves.
  const won = trades.filter(({ pnl }) => pnl > 0);
  await expect(table).toHaveAttribute('aria-rowcount', new RegExp(`^(${won.length + 1}|${won.length + 2})$`));
  const last = won.at(-1)!;
  const number = String(trades.lastIndexOf(last) + 1);
  await table
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name: number, exact: true }) })
    .click();
  await expect(page.getByTestId('trade-marks')).not.toHaveAttribute('data-marks', '0');
  await expect(page.getByTestId('trade-read-out')).toContainText(`Trade ${number}: `);

  // The picture of the chart has the equity under it.
  const height = async (id: string): Promise<number> => (await page.getByTestId(id).boundingBox())!.height;
  const download = page.waitForEvent('download');
  await studio.button('Save image').click();
  const png = await readFile(await (await download).path());
  const [chart, equityPane] = [await height('chart'), await height('equity')];
  expect(equityPane).toBeGreaterThan(60);
  expect(Math.abs(png.readUInt32BE(20) - (40 + chart + equityPane))).toBeLessThan(2);

  // On a phone the table is below what is in sight, and wider: choosing its tab brings it there.
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('tab', { name: 'Quality' }).click();
  await page.getByRole('tab', { name: 'Trading' }).click();
  await expect(table.getByRole('row').nth(3)).toBeInViewport({ ratio: 0.25 });
  await page.setViewportSize(size);
  await page.getByLabel('Result of the trades').selectOption('won');
  await table
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name: number, exact: true }) })
    .click();

  await studio.button('Rewind to before entry').click();
  await studio.isState('paused');
  const before = equity.findLast(([start]) => start < last.entryTime)!;
  await expect(worth).toHaveText(money(before[1]));
  await page.getByLabel('Result of the trades').selectOption('any');
  const closed = trades.filter(({ exitTime }) => exitTime < last.entryTime).length;
  await expect(views.getByRole('button', { name: /^Trades/ })).toHaveText(`Trades${closed + 1}`);
  await studio.button('Step bar').click();
  await expect(table.getByRole('row').nth(1)).toContainText('open');
});

test('a run with a strategy is stopped, and a shorter one played in its place: nothing of the first is left', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  const config = (from: string): object => ({
    data: { dataset: 'sample', symbols: ['ALFA'], from, to: '2024-10-29' },
    replay: { speed: 'max' },
    strategy: { name: 'SMA cross', params: {} },
  });
  await studio.configure(config('2024-10-25'));
  await studio.playToEnd();
  await expect(page.getByTestId('equity')).not.toHaveAttribute('data-points', '0');
  await studio.button('Stop').click();
  await studio.isState('ready');
  await expect(page.getByTestId('clock')).toContainText('--:--:--');
  await expect(page.getByTestId('equity')).toHaveCount(0);
  await studio.configure(config('2024-10-29'));
  await studio.playToEnd();
  await expect(page.getByTestId('clock')).toContainText('29 Oct 2024');
  await expect(page.getByTestId('equity')).not.toHaveAttribute('data-points', '0');
  await expect(page.getByTestId('error')).toHaveCount(0);
});
