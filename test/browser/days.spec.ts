import { expect, test } from '@playwright/test';
import { calendar } from '../../src/time/calendar.ts';
import { onDisk, terminalReport } from '../support/play-files.ts';
import { seeded } from '../support/synthetic.ts';
import { isolated, plain } from './hosts.ts';
import { Studio } from './studio.ts';

/** A bar a day from June 2012 to the end of 2013; the tenth is missing. */
function dailyCsv(): string {
  const random = seeded(3);
  const days = calendar('XNYS').sessions('2012-06-01', '2013-12-31');
  const lines = days.map(({ date }) => {
    const [open, close] = [100 + Math.floor(random() * 900) / 100, 100 + Math.floor(random() * 900) / 100];
    return [date, open, Math.max(open, close) + 1, Math.min(open, close) - 1, close, 1_000].join();
  });
  lines.splice(9, 1);
  return `Date,Open,High,Low,Close,Volume\n${lines.join('\n')}\n`;
}

const file = { name: 'DAYS.csv', text: dailyCsv() };

test.describe('bars of a day', () => {
  for (const [mode, address] of [
    ['shared', isolated],
    ['single', plain],
  ] as const) {
    test(`play with nothing set, and are told in dates, ${mode}`, async ({ page }) => {
      const terminal = await terminalReport({}, await onDisk(file));
      const studio = await new Studio(page).open(address);
      await studio.import(file);
      await studio.configure({ replay: { speed: 'max' } });
      expect(await studio.playToEnd()).toBe(terminal.fingerprint);
      const report = await studio.report();
      expect(report.sessions.map(({ date, symbols: { DAYS: s } }) => [date, s!.expected, s!.missing])).toEqual([
        ['2012-06-01', 146, 1],
        ['2013-01-02', 252, 0],
      ]);
      await expect(page.getByTestId('bar-count')).toHaveAttribute('data-value', '252');
      await expect(page.getByRole('heading', { name: 'Session · 2 Jan – 31 Dec 2013' })).toBeVisible();
    });
  }
});
