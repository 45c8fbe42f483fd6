import { expect, test, type Page } from '@playwright/test';
import type { RunReport } from '../../src/session/report.ts';
import { Studio } from './studio.ts';

const config = {
  data: { dataset: 'sample', symbols: ['ALFA'], to: '2024-10-31' },
  replay: { speed: 'max' },
  strategy: { name: 'SMA cross', params: { fast: 5 } },
  broker: { commission: 0.0002 },
};

/** The figures of a column of the comparison, by name. */
async function column(page: Page, of: 'This run' | 'What if'): Promise<Record<string, string>> {
  const table = page.getByRole('table', { name: 'This run and what if' });
  const at = of === 'This run' ? 1 : 2;
  const rows = await table.locator('tbody tr').all();
  const told = await Promise.all(rows.map(async (row) => row.locator('th, td').allInnerTexts()));
  return Object.fromEntries(
    told.filter(({ length }) => length > 1).map((cells) => [cells[0]!.replace(/[†‡]$/, ''), cells[at]!]),
  );
}

function told({ statistics, config: { broker } }: RunReport): Record<string, string> {
  const figures = (statistics as Record<string, Record<string, number>>)['backtesting.py']!;
  const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const minus = (text: string): string => text.replace('-', '−');
  return {
    'Net result': minus(money.format(figures['Equity Final [$]']! - broker.cash)),
    'Max. Drawdown': minus(`${figures['Max. Drawdown [%]']!.toFixed(2)} %`),
    'Sharpe Ratio': minus(figures['Sharpe Ratio']!.toFixed(3)),
    Trades: String(figures['# Trades']),
  };
}

/** Parameters dragged on the results of a run give what a run of those parameters comes to; the run itself stays. */
test('what if: a parameter is dragged by keys, its replay is the run of those parameters, and is applied', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.configure(config);
  const fingerprint = await studio.playToEnd();
  const own = await studio.report();
  await page.getByRole('tab', { name: 'Results' }).click();
  await page.getByRole('button', { name: 'What if', exact: true }).click();
  const fast = page.getByRole('slider', { name: 'What if fast' });
  const figures = page.getByTestId('what-if-figures');
  await expect(fast).toHaveAttribute('aria-valuetext', '5 bars');
  expect(await column(page, 'This run')).toMatchObject(told(own));
  // So short a run says nothing of a year.
  await expect(figures.getByRole('row', { name: /^Sharpe Ratio/ })).toContainText('†');

  for (let i = 0; i < 3; i++) await fast.press('ArrowRight');
  await expect(fast).toHaveAttribute('aria-valuetext', '8 bars');
  await expect(figures).toHaveAttribute('data-state', 'at rest');
  const tried = await column(page, 'What if');
  expect(tried['Trades']).toMatch(/^[1-9][0-9]*$/);
  await expect(page.getByRole('img', { name: /^Equity of this run, .*; what if, / })).toBeVisible();
  expect(await studio.fingerprint()).toBe(fingerprint);
  await studio.isState('finished');

  // What cannot be played says why.
  const slow = page.getByRole('slider', { name: 'What if slow' });
  await slow.press('Home');
  await expect(page.getByRole('group', { name: 'What if' }).getByRole('status')).toContainText('more than fast (8)');
  await expect(page.getByRole('button', { name: 'Apply to the set-up' })).toBeDisabled();
  for (let i = 0; i < 28; i++) await slow.press('ArrowRight');
  await expect(slow).toHaveAttribute('aria-valuetext', '30 bars');
  await expect(figures).toHaveAttribute('data-state', 'at rest');
  await expect.poll(() => column(page, 'What if')).toEqual(tried);
  await page.getByRole('button', { name: 'Apply to the set-up' }).click();
  await expect(page.getByLabel('Fast, bars', { exact: true })).toHaveValue('8');
  expect(await studio.fingerprint()).toBe(fingerprint);
  await studio.playToEnd();
  expect(tried).toMatchObject(told(await studio.report()));
  expect(told(own)).not.toMatchObject(tried);
});
