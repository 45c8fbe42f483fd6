import { expect, test } from '@playwright/test';
import { Studio } from './studio.ts';

/** What a run with a strategy came to is shown when it stands still, each figure with its definition, each doubt with its trades. */
test('results of a strategy: figures with their formulas, doubts with their trades, drawdowns and tables', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.configure({
    data: { dataset: 'sample', symbols: ['ALFA'], fillFrom: ['backup'], to: '2024-10-31' },
    replay: { speed: 'max' },
    strategy: { name: 'SMA cross', params: {} },
  });
  await studio.playToEnd();
  await page.getByRole('tab', { name: 'Results' }).click();
  const report = await studio.report();
  expect(report.trades.length).toBeGreaterThan(10);

  const sharpe = page.getByRole('button', { name: /^Sharpe ratio, LEAN: / });
  await sharpe.hover();
  const definition = page.getByRole('complementary', { name: 'Definition' });
  await expect(definition).toContainText('((1 + mean(r))^252 − 1) ÷ √(var₁(r) × 252)');
  const { LEAN } = report.statistics as Record<string, Record<string, number>>;
  // Five days are no year.
  await expect(sharpe).toHaveText(`${LEAN!['Sharpe Ratio']!.toFixed(3).replace('-', '−')}†`);

  const views = page.getByRole('group', { name: 'Results' });
  await views.getByRole('button', { name: /^Honesty/ }).click();
  await expect(page.getByTestId('honesty-check')).toHaveCount(9);
  const best = page.locator('[data-check=bestFive]');
  await expect(best).toContainText('Without the best 5 trades');
  await best
    .getByRole('button', { name: /show trade/ })
    .first()
    .click();

  await views.getByRole('button', { name: 'Drawdowns' }).click();
  await expect(page.getByRole('grid', { name: /^Drawdowns/ }).getByRole('row')).not.toHaveCount(1);
  await views.getByRole('button', { name: 'Periods' }).click();
  await expect(
    page
      .getByRole('grid', { name: /^Results by session/ })
      .getByRole('gridcell')
      .first(),
  ).toHaveText('2024-10-25');
});
