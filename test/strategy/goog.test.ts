import { describe, expect, it } from 'vitest';
import { sharedData, hasSharedData } from '../support/shared-data.ts';
import { terminalReport } from '../support/play-files.ts';

describe.runIf(hasSharedData)('the reference of backtesting.py 0.6.6 over GOOG.csv', () => {
  it('is what the SMA cross comes to in the parity mode', async () => {
    const report = await terminalReport(
      {
        session: { calendar: '24/5' },
        strategy: { name: 'SMA cross', params: { fast: 10, slow: 30 } },
        broker: { fills: 'parity', finalizeTrades: true },
      },
      [sharedData('backtesting.py/GOOG.csv')],
    );
    expect(report.trades).toHaveLength(66);
    expect(report.equity).toHaveLength(2148);
    expect(report.equity.at(-1)![1]).toBeCloseTo(51_422.99, 8);
  }, 60_000);
});
