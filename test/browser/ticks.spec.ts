import { expect, test } from '@playwright/test';
import type { RunReport } from '../../src/session/report.ts';
import { onDisk, terminalReport } from '../support/play-files.ts';
import { randomTrades, tradesCsv } from '../support/tick-files.ts';
import { isolated, plain } from './hosts.ts';
import { Studio } from './studio.ts';

/** More trades in a session than the flow holds at once, and quotes of them. */
const trades = randomTrades('2024-11-27', '2024-12-02', 3, ['AAA', 'BBB'], 6_000);
const ticksFile = { name: 'TRADES.csv', text: tradesCsv(trades) };
const quotesFile = {
  name: 'QUOTES.csv',
  text: [
    'timestamp,symbol,bid,ask,bid_size,ask_size',
    ...trades
      .filter((_, i) => i % 5 === 0)
      .map(
        ({ symbol, time, price }) =>
          `${new Date(time + 3).toISOString()},${symbol},${price.toFixed(2)},${(price + 0.02).toFixed(2)},3,4`,
      ),
    '',
  ].join('\n'),
};

const config = {
  data: {
    streams: ['AAA', 'BBB'].flatMap((symbol) => [
      { dataset: 'TRADES', symbol, kind: 'ticks', interval: '1m' },
      { dataset: 'QUOTES', symbol, kind: 'quotes', interval: null },
    ]),
  },
  replay: { speed: 'max' },
};

test.describe('quotes and ticks', () => {
  let expected: RunReport;

  test.beforeAll(async () => {
    expected = await terminalReport(config, await onDisk(ticksFile, quotesFile));
    expect(expected.sessions[0]!.records!['AAA']!.ticks).toBeGreaterThan(5_000);
  });

  for (const [mode, address] of [
    ['shared', isolated],
    ['single', plain],
  ] as const)
    test(`are imported and play to the terminal's fingerprint, ${mode}`, async ({ page }) => {
      const studio = await new Studio(page).open(address);
      await studio.import(ticksFile);
      await expect(page.getByTestId('import-summary')).toContainText(`${trades.length.toLocaleString('en-US')} ticks`);
      await expect(studio.dataset('TRADES')).toHaveAttribute('data-bars', `${trades.length}`);
      await expect(studio.dataset('TRADES')).toHaveAttribute('data-sha256', expected.data[0]!.sha256);
      await studio.import(quotesFile);
      await studio.configure(config);
      expect(await studio.playToEnd()).toBe(expected.fingerprint);
      const { sessions } = await studio.report();
      expect(sessions.map(({ records }) => records)).toEqual(expected.sessions.map(({ records }) => records));
      const last = page.getByTestId('latest-records');
      await expect(last).toContainText('bid');
      const close = Date.parse(expected.sessions.at(-1)!.close);
      await expect(last).toHaveAttribute('data-tick', `${close}`);
    });

  test('of a dataset of ticks alone play as bars of a minute', async ({ page }) => {
    const studio = await new Studio(page).open();
    await studio.import(ticksFile);
    const report = await terminalReport({ replay: { speed: 'max' } }, await onDisk(ticksFile));
    await studio.configure({ replay: { speed: 'max' } });
    expect(await studio.playToEnd()).toBe(report.fingerprint);
  });
});
