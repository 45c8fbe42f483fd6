import { expect, test } from '@playwright/test';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { Studio, write } from './studio.ts';

const bars = barsCsv(randomWalk('2024-11-26', '2024-11-27', 3));

test('calendar, hours and a calendar of one’s own are set in the form, and played', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'SPY.csv', text: bars });
  await page.getByRole('tab', { name: 'Set-up' }).click();
  await page.locator('summary', { hasText: 'Session' }).click();
  const field = (key: string) => page.locator(`[id="setting-session.${key}"]`);
  const wrong = page.locator('.field .wrong');

  await field('hours').selectOption('around');
  await field('calendar').selectOption('XLON');
  await expect(wrong).toContainText('session.hours was "around"; it must be "regular", for XLON has no hours before');
  await field('calendar').selectOption('XNYS');
  await field('hours').selectOption('regular');
  await expect(wrong).toHaveCount(0);

  const custom = field('custom');
  const typed = (text: string): Promise<void> => write(custom, text);
  await typed('{ "timeZone": "America/New_York" ');
  await expect(page.getByRole('alert').filter({ hasText: 'This is not JSON' })).toBeVisible();
  await typed('{ "timeZone": "America/New_York", "open": "10:00", "close": "25:00" }');
  await expect(wrong).toContainText('session.custom.close was "25:00"; it must be a time from 00:00 to 24:00');
  await typed('{ "timeZone": "America/New_York", "open": "10:00", "close": "12:00", "holidays": ["2024-11-26"] }');
  await expect(wrong).toHaveCount(0);
  await expect(custom).toHaveValue(/"weekdays": \[/);

  await studio.speed('max');
  await studio.playToEnd();
  const { sessions } = await studio.report();
  expect(sessions.map(({ open, close }) => [open, close])).toEqual([['2024-11-27T15:00:00Z', '2024-11-27T17:00:00Z']]);
});
