import { describe, expect, it } from 'vitest';
import { sharedData, hasSharedData } from '../support/shared-data.ts';
import { terminalReport } from '../support/play-files.ts';

/** Figures that backtesting.py's own tests expect of it. */
const reference = {
  '# Trades': 66,
  'Equity Final [$]': 51422.99,
  'Return (Ann.) [%]': 21.191099249053224,
  'Volatility (Ann.) [%]': 36.49716090702389,
  'CAGR [%]': 21.160245705962623,
  'Sharpe Ratio': 0.5806232244485349,
  'Sortino Ratio': 1.0853434352488662,
  'Calmar Ratio': 0.44166409202994605,
  'Max. Drawdown [%]': -47.98012705007589,
  'Profit Factor': 2.167945974262033,
  SQN: 1.0766187356697705,
  'Kelly Criterion': 0.1518705127029717,
  'Exposure Time [%]': 96.74115456238361,
  'Alpha [%]': 394.37391142027462,
  Beta: 0.03803390709192,
};

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
    const figures = report.statistics['backtesting.py']!;
    for (const [name, value] of Object.entries(reference))
      expect(Math.abs((figures[name] as number) / value - 1), `${name}: ${figures[name]}`).toBeLessThan(1e-8);
  }, 60_000);
});
