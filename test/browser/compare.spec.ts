import { expect, test } from '@playwright/test';
import { barsCsv } from '../support/bars-csv.ts';
import { onDisk, terminalReport } from '../support/play-files.ts';
import { randomWalk } from '../support/synthetic.ts';
import { keepBars } from '../support/walk.ts';
import { Studio } from './studio.ts';

const whole = randomWalk('2024-11-26', '2024-11-29', 7);
const feed = { name: 'WALK.csv', text: barsCsv(whole) };
/** The same bars but one: the 101st of the second session. */
const hole = { name: 'HOLE.csv', text: barsCsv(keepBars(whole, (_, i) => i !== 390 + 100)) };
const config = { data: { dataset: 'WALK' }, replay: { speed: 'max' } };

test('two runs of this visit are compared: the same, and one that parts at a slot', async ({ page }) => {
  const studio = await new Studio(page).open();
  const dialog = page.getByRole('dialog', { name: 'Compare runs' });
  const compare = async (): Promise<void> => {
    await studio.button('Compare runs').click();
    await expect(dialog).toBeVisible();
  };
  await compare();
  await expect(dialog).toContainText('There is no run yet');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await studio.import(feed);
  await studio.configure(config);
  await studio.playToEnd();
  await compare();
  await expect(dialog.getByLabel('First run').locator('option:checked')).toContainText('WALK · 1 symbol · 3 sessions');
  await dialog.getByRole('button', { name: 'Close' }).click();

  await studio.button('Stop').click();
  await studio.configure({ ...config, replay: { speed: 1_000_000 } });
  await studio.playToEnd();
  await compare();
  const verdict = dialog.getByTestId('comparison');
  await expect(verdict).toHaveAttribute('data-same', 'true');
  await expect(verdict).toContainText('every step alike');
  await expect(dialog).toContainText('No setting that can change results differs; 1 other does.');
  await dialog.getByRole('button', { name: 'Close' }).click();

  await studio.import({ ...hole, name: 'WALK.csv' });
  await studio.configure({ ...config, data: { dataset: 'WALK 2' } });
  await studio.playToEnd();
  await compare();
  await expect(verdict).toHaveAttribute('data-same', 'false');
  await expect(dialog.getByTestId('parting')).toHaveAttribute('data-slot', '100');
  await expect(dialog.getByTestId('parting')).toContainText(
    'They part on Wed 27 Nov 2024, in slot 101, which ends at 11:11:00 EST (2024-11-27T16:11:00Z).',
  );
  await expect(dialog.getByRole('list', { name: 'Sessions, compared' }).getByRole('listitem')).toContainText([
    '2024-11-26: same',
    '2024-11-27: differs first here',
    '2024-11-29: after the difference',
  ]);
  await expect(dialog.getByRole('row', { name: /WALK streamed/ })).toContainText('390389');
});

test('a report of the terminal is compared with the run of the page, and what is no report is refused', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.import(feed);
  await studio.configure(config);
  await studio.playToEnd();
  const report = await terminalReport(config, await onDisk(feed), { TZ: 'Asia/Tokyo' });
  await studio.button('Compare runs').click();
  const dialog = page.getByRole('dialog', { name: 'Compare runs' });
  const open = (name: string, text: string): Promise<void> =>
    dialog.getByTestId('report-input').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  await open('terminal.json', JSON.stringify(report));
  await expect(dialog.getByTestId('comparison')).toHaveAttribute('data-same', 'true');
  await open('bars.csv', feed.text);
  await expect(dialog.getByRole('alert')).toHaveText('bars.csv is not a run report: it is not JSON');
  await open('shorter.json', JSON.stringify({ ...report, fingerprint: null, sessions: report.sessions.slice(0, 1) }));
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.getByLabel('Second run').selectOption({ index: 2 });
  await expect(dialog.getByTestId('parting')).toContainText('only one of the runs has it');
});
