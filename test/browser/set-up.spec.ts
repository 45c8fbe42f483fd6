import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { Studio, typeOver } from './studio.ts';

test('a set-up is begun from a preset, taken back, kept under a name, saved and loaded', async ({ page }) => {
  await new Studio(page).open();
  await page.getByRole('tab', { name: 'Set-up' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Set-up' });
  const start = panel.getByRole('combobox', { name: 'Start from' });
  const group = panel.getByRole('group').filter({ hasText: 'Feed faults' });
  await expect(panel.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await start.selectOption('Broken feed');
  await expect(group).toContainText('5 set');
  await expect(page.getByLabel('Speed', { exact: true })).toHaveValue('600');
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(group).not.toContainText('set');
  await expect(panel.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await expect(panel.getByRole('button', { name: 'Undo' })).toBeFocused();
  await panel.getByRole('button', { name: 'Redo' }).click();
  await expect(group).toContainText('5 set');
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(group).not.toContainText('set');
  await start.selectOption('Broken feed');
  await expect(group).toContainText('5 set');
  await panel.getByRole('checkbox', { name: 'Only what differs from the defaults' }).check();
  await expect(group).toBeVisible();
  await expect(panel.getByText('History', { exact: true })).toHaveCount(0);

  const keep = panel.getByRole('button', { name: 'Keep under a name' });
  await keep.click();
  await page.keyboard.type('Torn');
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('The set-up is kept as “Torn”.');
  // The field is gone, and keys lead on from where it was.
  await expect(keep).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(keep).toBeFocused();
  await keep.click();
  await page.keyboard.type('Torn');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('alert')).toContainText('A set-up is kept as “Torn” already');
  await panel.getByRole('button', { name: 'Replace “Torn”' }).click();
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await page.reload();
  await start.selectOption('All at their defaults');
  await expect(panel.getByText('Feed faults')).not.toContainText('set');
  await start.selectOption('Torn');
  await expect(group).toContainText('5 set');
  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save as file' }).click();
  const saved = await readFile(await (await download).path(), 'utf8');
  expect(JSON.parse(saved)).toMatchObject({ feed: { dropRate: 0.03 }, replay: { speed: 600 } });

  await panel.getByRole('button', { name: 'Forget “Torn”' }).click();
  // Firefox's window has lost the focus to the download.
  await expect.poll(() => keep.evaluate((button) => button === document.activeElement)).toBe(true);
  await expect(start.getByRole('option', { name: 'Torn' })).toHaveCount(0);
  const load = async (text: string): Promise<void> =>
    panel
      .getByTestId('set-up-file')
      .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await load(saved.replace('0.03', '3'));
  await expect(page.getByTestId('error')).toContainText('“mine.json” was not taken up');
  await expect(page.getByTestId('error')).toContainText('feed.dropRate was 3; it must be');
  await load(saved.replace('0.03', '0.25'));
  await expect(page.getByTestId('error')).toHaveCount(0);
  await expect(panel.getByLabel('Drop rate', { exact: true })).toHaveValue('0.25');
});

test('a preset that breaks the feed shows it mended from the dataset itself', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'WALK.csv', text: barsCsv(randomWalk('2024-03-07', '2024-03-08', 7)) });
  await page.getByRole('tab', { name: 'Set-up' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Set-up' });
  await panel.getByRole('combobox', { name: 'Start from' }).selectOption('Broken feed');
  await expect(panel).toContainText('The dataset, symbols, dates and strategy stayed.');
  await expect(panel.getByRole('checkbox', { name: 'WALK' })).toBeChecked();
  await studio.speed('max');
  await studio.playToEnd();
  const { totals } = await studio.report();
  expect(totals).toMatchObject({ missing: 0, fillRate: 1 });
  expect(totals.filled).toBeGreaterThan(0);
});

test('a run that is on goes as fast as the set-up says, also where a preset and a change taken back say it', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'WALK.csv', text: barsCsv(randomWalk('2024-03-07', '2024-03-08', 7)) });
  await page.getByRole('tab', { name: 'Set-up' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Set-up' });
  const start = panel.getByRole('combobox', { name: 'Start from' });
  const pace = page.getByRole('complementary', { name: 'Session' }).getByText(/^(max|[0-9]+×)$/);
  await studio.play();
  await studio.isState('playing');
  await expect(pace).toHaveText('60×');
  await start.selectOption('Broken feed');
  await expect(pace).toHaveText('600×');
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(pace).toHaveText('60×');
  await start.selectOption('Daily swing');
  await studio.isState('finished');
});

test('kept set-ups that cannot be read are told, saved as a file, and let go of', async ({ page }) => {
  await page.addInitScript(() => {
    if (!localStorage.getItem('tapedeck.set-ups'))
      localStorage.setItem('tapedeck.set-ups', '[{"name":"odd","settings":7}]');
  });
  await new Studio(page).open();
  await page.getByRole('tab', { name: 'Set-up' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Set-up' });
  await expect(panel).toContainText('1 record kept as set-ups cannot be read');
  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save unread set-ups' }).click();
  const saved = await readFile(await (await download).path(), 'utf8');
  expect(JSON.parse(saved)).toEqual({ entries: [{ name: 'odd', settings: 7 }], texts: [] });
  await panel.getByRole('button', { name: 'Forget unread set-ups' }).click();
  await expect(panel).not.toContainText('cannot be read');
  await page.reload();
  await expect(panel.getByRole('combobox', { name: 'Start from' })).toBeVisible();
  await expect(panel).not.toContainText('cannot be read');
});

test('a field shows what counts again when a change is taken back', async ({ page }) => {
  await new Studio(page).open();
  await page.getByRole('tab', { name: 'Set-up' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Set-up' });
  const rate = panel.getByLabel('Drop rate', { exact: true });
  const custom = panel.getByLabel('Custom', { exact: true });
  await panel.getByRole('combobox', { name: 'Start from' }).selectOption('Daily swing');
  await panel.getByText('Feed faults').first().click();
  await panel.getByText('Session', { exact: true }).first().click();
  await typeOver(rate, '1.5');
  await typeOver(custom, '{ open');
  await page.keyboard.press('Tab');
  await expect(panel.getByRole('alert')).toHaveCount(2);
  await expect(rate).toHaveValue('1.5');
  // What is no number at all reads as an empty field, and is not taken for one.
  await typeOver(rate, '-');
  await page.keyboard.press('Tab');
  await expect(panel.getByRole('alert').filter({ hasText: 'feed.dropRate' })).toContainText(
    'What is written for feed.dropRate cannot be read; it must be a number from 0 to 1. Until then it stays 0.',
  );
  // Whoever goes on with the set-up hears that it is without them.
  const told = page.getByTestId('error').filter({ hasText: 'The set-up is without' });
  const saved = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save as file' }).click();
  await saved;
  await expect(told).toContainText('without what was written for feed.dropRate, session.custom');
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await expect(told).toHaveCount(0);
  await expect(rate).toHaveValue('0');
  await expect(custom).toHaveValue('');
});

test('what is wrong is put right by its button; each setting leads to its place in the documentation', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'WALK.csv', text: barsCsv(randomWalk('2024-03-07', '2024-03-08', 7)) });
  const config = { data: { dataset: 'WALK' }, upkeep: { derivedIntervals: ['30s', '5m'] } };
  await page.evaluate((hash) => (location.hash = hash), `config=${encodeURIComponent(JSON.stringify(config))}`);
  await page.getByRole('tab', { name: 'Set-up' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Set-up' });
  await expect(panel.getByRole('alert')).toContainText('upkeep.derivedIntervals');
  await expect(studio.button('Play')).toBeDisabled();
  const mend = panel.getByRole('button', { name: /^Set .* to 5m$/ });
  await mend.click();
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await expect(mend).toHaveCount(0);
  await expect(studio.button('Play')).toBeEnabled();
  const field = panel.getByLabel('Derived intervals', { exact: true });
  await expect(field).toHaveValue('5m');
  await expect(field).toBeFocused();

  const link = panel.getByRole('link', { name: 'upkeep.derivedIntervals in the documentation' });
  await page.keyboard.press('Tab');
  await expect(link).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('[id="docs-upkeep.derivedIntervals"]')).toBeInViewport();
  await expect(page.locator('[id="docs-upkeep.derivedIntervals"]')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(link).toBeFocused();
});

test('a strategy is taken from the shelf, and its parameters are held to their rules', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'WALK.csv', text: barsCsv(randomWalk('2024-03-07', '2024-03-08', 7)) });
  await page.getByRole('tab', { name: 'Set-up' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Set-up' });
  const shelf = panel.getByRole('combobox', { name: 'Strategy', exact: true });
  await panel.getByText('Strategy', { exact: true }).first().click();
  await shelf.selectOption('SMA cross');
  await expect(panel).toContainText('Always in the market');
  const type = async (name: string, value: string): Promise<void> => {
    await typeOver(panel.getByRole('spinbutton', { name }), value);
    await page.keyboard.press('Tab');
  };
  await type('Fast, bars', '40');
  await expect(panel.getByRole('alert')).toContainText('strategy.params.slow was 30; it must be more than fast (40)');
  await expect(studio.button('Play')).toBeDisabled();
  await type('Slow, bars', '60');
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await panel.getByRole('link', { name: 'strategy.params.slow in the documentation' }).click();
  await expect(page.locator('[id="docs-strategy-sma-cross"]')).toBeInViewport();
  await expect(page.locator('[id="docs-strategy-sma-cross"]')).toContainText('Bars of the slow average.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.speed('max');
  await studio.playToEnd();
  expect((await studio.report()).trades.length).toBeGreaterThan(0);
  // What a link names and nobody has stands in the list, and what is wrong with it beside; bars there are.
  await panel.getByRole('combobox', { name: 'Start from' }).selectOption('All at their defaults');
  await expect(panel).toContainText('The default set-up was taken up.');
  await page.evaluate((hash) => (location.hash = hash), `config=${JSON.stringify({ strategy: { name: 'SMA crss' } })}`);
  await expect(shelf.locator('option:checked')).toHaveText('SMA crss: not here');
  await expect(panel.getByRole('alert')).toContainText('strategy.name was "SMA crss"; it must be a strategy');
  await expect(panel).not.toContainText('was taken up');
  await expect(page.getByText('A setting is wrong. It is named above, and in Set-up.')).toBeVisible();
  await shelf.selectOption('SMA cross');
  await expect(panel.getByRole('alert')).toHaveCount(0);
});
