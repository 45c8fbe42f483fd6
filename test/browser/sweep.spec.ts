import { expect, test, type Page } from '@playwright/test';
import { isSound } from './sound.ts';
import { Studio, write } from './studio.ts';

const config = {
  data: { dataset: 'sample', symbols: ['ALFA'], to: '2024-10-31' },
  replay: { speed: 'max' },
  strategy: { name: 'SMA cross', params: {} },
  broker: { commission: 0.0002 },
};

async function openSweep(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Set-up' }).click();
  const button = page.getByRole('button', { name: 'Sweep parameters' });
  if (!(await button.isVisible())) await page.locator('summary', { hasText: 'Strategy' }).click();
  await button.click();
}

async function range(page: Page, param: string, from: number, to: number, step: number): Promise<void> {
  for (const [field, value] of Object.entries({ from, to, step }))
    await write(page.getByLabel(`${param}, ${field}`, { exact: true }), String(value));
}

/** A sweep is cancelled, found again by a reload, gone on with; and a cell of one is the run that its link gives. */
test('sweep: cancel, reload, resume; the best cell opens as a set-up and plays to what the table says', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.configure(config);
  await openSweep(page);
  await range(page, 'Fast', 2, 41, 1);
  await range(page, 'Slow', 50, 149, 1);
  await expect(page.getByTestId('sweep-plan')).toHaveText('4,000 cells');
  await page.getByRole('button', { name: 'Start sweep' }).click();
  const progress = page.getByTestId('sweep-progress');
  await expect(progress).toHaveText(/^[1-9][0-9,]* of 4,000 cells · [0-9]+ workers?/);
  await page.getByRole('button', { name: 'Cancel sweep' }).click();
  const stopped = page.getByRole('group', { name: 'Sweep that was stopped' });
  await expect(stopped).toContainText('of 4,000 cells');
  const done = async () =>
    Number(/after ([0-9,]+) of/.exec((await stopped.textContent()) ?? '')?.[1]?.replace(',', ''));
  const before = await done();
  expect(before).toBeGreaterThan(0);

  await page.reload();
  await openSweep(page);
  await expect.poll(done).toBe(before);
  await page.getByRole('button', { name: 'Resume sweep' }).click();
  await expect(progress).toHaveText(/^[1-9]/);
  await page.getByRole('button', { name: 'Cancel sweep' }).click();
  await expect.poll(done).toBeGreaterThanOrEqual(before);

  await page.locator('summary', { hasText: 'Another sweep' }).click();
  await range(page, 'Fast', 5, 15, 5);
  await range(page, 'Slow', 10, 40, 30);
  await expect(page.getByTestId('sweep-plan')).toHaveText(
    '4 cells; 2 combinations left out that the strategy does not take',
  );
  await page.getByRole('button', { name: 'Start sweep' }).click();
  const results = page.getByTestId('sweep-results');
  await expect(results).toHaveAttribute('data-phase', 'done');
  await expect(page.getByTestId('sweep-verdict')).toContainText('is the best of 4 tries');

  const grid = page.getByRole('grid', { name: /^Cells of the sweep/ });
  await expect(grid.getByRole('row')).toHaveCount(5);
  await grid.getByRole('row').nth(2).click();
  await expect(page.getByTestId('sweep-cell')).toContainText('fast 5, slow 40');
  const trades = /Trades ([0-9,]+)/.exec((await page.getByTestId('sweep-cell').textContent()) ?? '')?.[1];

  await page.getByRole('tab', { name: 'Heat map' }).click();
  const heat = page.getByTestId('heat-map');
  await expect(page.getByTestId('heat-facts')).toContainText('fast 5, slow 40');
  await heat.focus();
  await heat.press('ArrowRight');
  await expect(page.getByTestId('sweep-cell')).toContainText('fast 10, slow 40');
  await page.getByRole('tab', { name: 'Parallel coordinates' }).click();
  const lines = page.getByTestId('parallel-lines');
  await lines.focus();
  await lines.press('Home');
  await expect(page.getByTestId('line-facts')).toContainText('1 of 4');
  await page.getByRole('tab', { name: 'Heat map' }).click();
  await expect(heat).toBeVisible();
  await isSound(page, 'sweep');

  await page.getByRole('tab', { name: 'Table', exact: true }).click();
  await grid.getByRole('row').nth(2).click();
  await page.getByRole('button', { name: 'Open as set-up' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByLabel('Fast, bars', { exact: true })).toHaveValue('5');
  await studio.playToEnd();
  expect((await studio.report()).trades).toHaveLength(Number(trades!.replace(',', '')));
});
