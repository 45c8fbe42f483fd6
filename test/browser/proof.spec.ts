import { expect, test } from '@playwright/test';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { isolated } from './hosts.ts';
import { Studio } from './studio.ts';

const text = barsCsv(randomWalk('2024-03-07', '2024-03-08', 7));
const setting = { replay: { speed: 'max' } };

test('a link with its result says elsewhere what it wants, and whether it comes out the same', async ({
  page,
  browser,
}) => {
  test.slow();
  const studio = await new Studio(page).open();
  await studio.import({ name: 'WALK.csv', text });
  await studio.configure(setting);
  await studio.button('Share').click();
  await expect(page.getByTestId('shared-link')).toContainText('Once the run has ended');
  const fingerprint = await studio.playToEnd();
  // With keys alone: the link has the focus, what goes with it comes next, and Escape leads back.
  await studio.button('Share').press('Enter');
  const field = page.getByRole('textbox', { name: 'Link to this set-up' });
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  await expect(studio.button('Share')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue(/#c=[\w-]+&proof=[\w-]+$/);
  const hash = new URL(await field.inputValue()).hash;
  // What the card says is of that run, and goes with it; without a result it is of the set-up.
  const card = page.getByTestId('shared-link');
  // A result hangs on no speed.
  await studio.speed('60×');
  await expect(page.getByLabel('Speed', { exact: true }).locator('option:checked')).toHaveText('60×');
  await expect(card).toBeVisible();
  await expect(field).toHaveValue(/&proof=/);
  await studio.button('Stop').click();
  await expect(card).toBeHidden();
  await studio.button('Share').click();
  await expect(card).toBeVisible();
  await studio.speed('600×');
  await expect(card).toBeHidden();

  const other = await browser.newContext({ serviceWorkers: 'block' });
  const page2 = await other.newPage();
  const studio2 = new Studio(page2);
  await page2.goto(isolated + hash);
  const badge = page2.getByTestId('proof');
  await expect(badge).toHaveAttribute('data-state', 'open');
  const told = page2.locator('.problems');
  await expect(told).toContainText(/The bars that the link means are not here.*1m bars of WALK, .*sha256:/s);
  await badge.click();
  const rows = page2.getByTestId('proof-rows');
  await expect(rows).toContainText('called “WALK”');
  await expect(rows).toContainText('drop their file on the page');
  await page2.keyboard.press('Escape');
  // The same bars under another name are those that are meant, whatever else is here.
  await studio2.import({ name: 'WALK_bars.csv', text });
  await expect(studio2.button('Play')).toBeEnabled();
  expect(await studio2.playToEnd()).toBe(fingerprint);
  await expect(badge).toHaveAttribute('data-state', 'reproduced');
  await page2.reload();
  await studio2.isState('finished');
  await expect(badge).toHaveAttribute('data-state', 'reproduced');

  await studio2.button('Stop').click();
  await studio2.import({ name: 'WALK_2.csv', text: text.replace(/(2024-03-08T15:00:00.*),(\d+)\n/, '$1,1$2\n') });
  await studio2.dataset('WALK_2').getByRole('button', { name: 'Put WALK_2 on the deck' }).click();
  await expect(told).toContainText(/These are not the bars that the link means.*called “WALK_2”: 1m bars, .*sha256:/s);
  await studio2.playToEnd();
  await expect(badge).toHaveAttribute('data-state', 'differs');
  await badge.click();
  await expect(rows).toContainText(/Same bars\?\s*no/);
  await expect(rows).toContainText(/Same settings\?\s*yes/);
  await expect(rows).toContainText(/They part in the session of .*8 Mar 2024, at step 31 \(10:01:00 EST\)/);
  await page2.keyboard.press('Escape');

  // Who turns to the sample has left what the link is about.
  await studio2.button('Stop').click();
  await studio2.button('Try the sample').click();
  await expect(studio2.dataset('sample')).toBeVisible();
  await expect(badge).toHaveCount(0);
  await other.close();
});
