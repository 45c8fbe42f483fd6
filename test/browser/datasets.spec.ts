import { expect, test, type Locator, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { isoText, instant, minute } from '../../src/time/instant.ts';
import { Studio } from './studio.ts';

/** Two sessions of XNYS in winter, 09:30 to 16:00. */
const opens = [Date.UTC(2024, 0, 8, 14, 30), Date.UTC(2024, 0, 9, 14, 30)];
const starts = opens.flatMap((open) => Array.from({ length: 390 }, (_, i) => open + i * minute));

/** The minutes that are wanted, as a CSV. */
function csv(isWanted: (slot: number) => boolean, symbol = 'SHY'): string {
  let text = 'timestamp,symbol,open,high,low,close,volume\n';
  for (const [slot, start] of starts.entries()) {
    const price = (8_000 + ((slot * 7) % 31)) / 100;
    if (isWanted(slot))
      text += `${isoText(instant(start))},${symbol},${price},${price + 0.05},${price - 0.05},${price + 0.01},${slot}\n`;
  }
  return text;
}

const isKnockedOut = (slot: number): boolean => slot % 50 === 7 || (slot > 300 && slot < 310);

async function more(page: Page, of: string, item: string): Promise<Locator> {
  await page.getByRole('button', { name: `More for ${of}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  return dialog;
}

async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await press();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

const sha256 = (card: Locator): Promise<string | null> => card.getAttribute('data-sha256');

test('a dataset with minutes knocked out is repaired from another; every bar says where it came from', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'SHY.csv', text: csv(() => true) });
  await studio.import({ name: 'holes.csv', text: csv((slot) => !isKnockedOut(slot)) });
  const whole = await sha256(studio.dataset('SHY'));
  let dialog = await more(page, 'holes', 'Repair from others');
  await dialog.getByRole('checkbox', { name: 'SHY' }).check();
  await dialog.getByRole('button', { name: 'Repair', exact: true }).click();
  const missing = starts.filter((_, slot) => isKnockedOut(slot)).length;
  await expect(dialog.getByTestId('task-done')).toContainText(
    `By the calendar XNYS ${missing} of its 780 slots missed a bar; ${missing} of them are filled, 0 still miss one.`,
  );
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(studio.button('More for holes')).toBeFocused();
  expect(await sha256(studio.dataset('holes repaired'))).toBe(whole);
  await expect(studio.dataset('holes repaired')).toContainText(`${780 - missing} bars of holes, ${missing} of SHY`);
  dialog = await more(page, 'holes repaired', 'Where its bars come from');
  await dialog.getByLabel('From', { exact: true }).selectOption('SHY');
  const runs = dialog.getByRole('group', { name: 'Runs of bars of one origin' }).getByRole('row');
  await expect(runs.nth(1)).toContainText('09:37');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('files are added to a dataset: again they change nothing, and the results of a run stay', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'SHY.csv', text: csv((slot) => slot < 400) });
  const before = await sha256(studio.dataset('SHY'));
  const add = async (text: string): Promise<void> => {
    const dialog = await more(page, 'SHY', 'Add files to it');
    const file = { name: 'later.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
    await dialog.getByLabel('Files to add').setInputFiles(file);
    await expect(page.getByRole('dialog', { name: 'Add later.csv to “SHY”' })).toBeVisible();
    await studio.button('Import').click();
  };
  const summary = page.getByTestId('import-summary');
  await add(csv((slot) => slot > 100 && slot < 300));
  await expect(summary).toContainText('“SHY” has all of these bars already; nothing was changed.');
  expect(await sha256(studio.dataset('SHY'))).toBe(before);

  await studio.speed('max');
  const fingerprint = await studio.playToEnd();
  await add(csv((slot) => slot >= 390));
  await expect(summary).toContainText('“SHY” has 780 bars.');
  await expect(studio.dataset('SHY')).toHaveAttribute('data-bars', '780');
  await expect(page.getByTestId('dataset')).toHaveCount(1);
  await studio.isState('finished');
  expect(await studio.fingerprint()).toBe(fingerprint);
});

test('datasets are united, cut and exported, and an export is imported with the same hash', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'A.csv', text: csv(() => true) });
  await studio.import({ name: 'B.csv', text: csv(() => true, '=X') });
  let dialog = await more(page, 'the library', 'Unite datasets');
  await dialog.getByRole('checkbox', { name: 'B 1m' }).check();
  await dialog.getByRole('checkbox', { name: 'A 1m' }).check();
  await dialog.getByRole('button', { name: 'A comes earlier' }).click();
  await dialog.getByRole('button', { name: 'Unite', exact: true }).click();
  await expect(dialog.getByTestId('task-done')).toContainText('“A and B” has 1,560 bars.');
  await page.keyboard.press('Escape');

  dialog = await more(page, 'A and B', 'Cut');
  await dialog.getByLabel('Last date').fill('2024-01-08');
  await dialog.getByRole('button', { name: 'Cut', exact: true }).click();
  await expect(dialog.getByTestId('task-done')).toContainText('“A and B 2024-01-08 to 2024-01-08” has 780 bars.');
  await page.keyboard.press('Escape');

  const hash = await sha256(studio.dataset('A and B'));
  for (const [format, name] of [
    [/^CSV a line/, 'A and B.csv'],
    [/^CSV with gzip/, 'A and B.csv.gz'],
  ] as const) {
    dialog = await more(page, 'A and B', 'Export');
    await dialog.getByRole('radio', { name: format }).check();
    const file = await saved(page, () => dialog.getByRole('button', { name: 'Save the file' }).click());
    expect(file.name).toBe(name);
    await expect(dialog).toHaveCount(0);
    await studio.import({ name: name.replace('A and B', `back${name.length}`), text: file.bytes });
    expect(await sha256(studio.dataset(`back${name.length}`))).toBe(hash);
  }
});

test('what is told of symbols stays, and a whole workspace goes into a file and comes back', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'SHY.csv', text: csv(() => true) });
  await studio.import({ name: 'B.csv', text: csv((slot) => slot < 20, 'B') });
  const hash = await sha256(studio.dataset('SHY'));
  let dialog = await more(page, 'SHY', 'Ticks and currency');
  await dialog.getByLabel('Tick size of SHY').fill('-1');
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(dialog.getByRole('alert')).toHaveText('SHY: the tick size was -1; it must be above 0, or not told');
  await dialog.getByLabel('Tick size of SHY').fill('0.01');
  await dialog.getByLabel('Currency of SHY').fill('USD');
  await dialog.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(studio.dataset('SHY')).toContainText('tick 0.01 · USD');
  expect(await sha256(studio.dataset('SHY'))).toBe(hash);

  await studio.configure({ data: { dataset: 'SHY' }, replay: { speed: 'max' } });
  await studio.playToEnd();
  const runs = page.getByRole('dialog', { name: 'Saved runs' });
  await studio.button('More').click();
  await page.getByRole('menuitem', { name: 'Saved runs' }).click();
  await runs.getByLabel('Keep the run that is there as').fill('mine');
  await runs.getByRole('button', { name: 'Keep the run', exact: true }).click();
  await expect(runs.getByTestId('saved-run')).toHaveCount(1);
  await runs.getByRole('button', { name: 'Close', exact: true }).click();
  await studio.button('Stop').click();

  dialog = await more(page, 'the library', 'Save the workspace');
  const file = await saved(page, () => dialog.getByRole('button', { name: 'Save the file' }).click());
  expect(file.name).toMatch(/^workspace-.*\.tapedeck\.zip$/);
  await page.evaluate(
    () => new Promise((resolve) => (indexedDB.deleteDatabase('tapedeck-saved-runs').onsuccess = resolve)),
  );
  await studio.button('Delete SHY').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(studio.dataset('SHY')).toHaveCount(0);

  const open = async (bytes: Buffer): Promise<void> => {
    dialog = await more(page, 'the library', 'Open a workspace');
    const input = dialog.getByLabel('File of a workspace');
    await input.setInputFiles({ name: file.name, mimeType: 'application/zip', buffer: bytes });
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  };
  const damaged = Buffer.from(file.bytes);
  damaged[damaged.length >> 1]! ^= 1;
  await open(damaged);
  await expect(dialog.getByRole('alert')).toContainText('is damaged');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('dataset')).toHaveCount(1);
  await open(file.bytes);
  await expect(dialog.getByTestId('task-done')).toContainText('“B”: was here already');
  await expect(dialog.getByTestId('task-done')).toContainText('“SHY”: is stored, 780 bars.');
  await expect(dialog.getByTestId('taken-runs')).toHaveText('“mine” is kept.');
  await page.keyboard.press('Escape');
  expect(await sha256(studio.dataset('SHY'))).toBe(hash);
  await expect(studio.dataset('SHY')).toContainText('tick 0.01 · USD');
});

test('splits and dividends are told with their file, removed, put back, and found so after a reload', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'SHY.csv', text: csv((slot) => slot < 60) });
  const told = 'symbol,date,kind,value\nSHY,2024-01-09,split,4\nSHY,2024-01-09,dividend,0.24\n';
  await studio.choose({ name: 'told.csv', text: told });
  await studio.importIfOffered();
  const card = studio.dataset('SHY');
  await expect(card).toContainText('Knows 1 split and 1 dividend, from told.csv');
  const dialog = await more(page, 'SHY', 'Splits and dividends');
  await expect(dialog.getByRole('row', { name: /split/ })).toContainText('4 for 1');
  await dialog.getByRole('button', { name: 'Remove those of SHY' }).click();
  await expect(dialog.getByRole('status')).toContainText('2 adjustments of SHY were removed.');
  await expect(card).not.toContainText('Knows');
  await dialog.getByRole('button', { name: 'Put them back' }).click();
  await expect(card).toContainText('Knows 1 split and 1 dividend, from told.csv');
  await dialog.getByRole('button', { name: 'Remove those of SHY' }).click();
  await expect(card).not.toContainText('Knows');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await expect(card).toContainText('SHY');
  await expect(card).not.toContainText('Knows');
  await studio.button('More for SHY').click();
  await expect(page.getByRole('menuitem', { name: 'Ticks and currency' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Splits and dividends' })).toHaveCount(0);
});
