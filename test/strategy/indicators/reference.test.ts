import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AverageTrueRange } from '../../../src/strategy/indicators/average-true-range.ts';
import { BollingerBands } from '../../../src/strategy/indicators/bollinger-bands.ts';
import { CommodityChannel } from '../../../src/strategy/indicators/commodity-channel.ts';
import { ConvergenceDivergence } from '../../../src/strategy/indicators/convergence-divergence.ts';
import { ExponentialAverage } from '../../../src/strategy/indicators/exponential-average.ts';
import { RelativeStrength } from '../../../src/strategy/indicators/relative-strength.ts';
import { RollingVwap } from '../../../src/strategy/indicators/rolling-vwap.ts';
import { Stochastic } from '../../../src/strategy/indicators/stochastic.ts';
import { TrueRange } from '../../../src/strategy/indicators/true-range.ts';
import { WeightedAverage } from '../../../src/strategy/indicators/weighted-average.ts';
import { hasSharedData, sharedData } from '../../support/shared-data.ts';

/** A table of the StockCharts sheets by column; an empty cell is NaN. */
class Sheet {
  readonly rows: number;
  private readonly columns: Map<string, number[]>;

  constructor(name: string) {
    const [head, ...lines] = readFileSync(sharedData(`indicators/${name}.csv`), 'utf8')
      .trimEnd()
      .split(/\r?\n/);
    this.rows = lines.length;
    const cells = lines.map((line) => line.split(','));
    this.columns = new Map(
      head!.split(',').map((title, i) => [title, cells.map((row) => (row[i] ? Number(row[i]) : NaN))]),
    );
  }

  column(title: string): number[] {
    const values = this.columns.get(title);
    if (!values) throw new Error(`The sheet has no column ${title}; it has ${[...this.columns.keys()].join(', ')}.`);
    return values;
  }

  /** By row: what `of` gives for the row's cells of the columns. */
  map(titles: readonly string[], of: (...cells: number[]) => number): number[] {
    return Array.from({ length: this.rows }, (_, row) => of(...titles.map((title) => this.column(title)[row]!)));
  }
}

/** Every row that the sheet has a figure for has the same one, to the places that the sheet was written with. */
function expectEqual(values: readonly number[], expected: readonly number[], within: number, from = 0): void {
  let compared = 0;
  for (let row = from; row < expected.length; row++) {
    if (Number.isNaN(expected[row])) continue;
    expect(Math.abs(values[row]! - expected[row]!), `row ${row}: ${values[row]} for ${expected[row]}`).toBeLessThan(
      within,
    );
    compared++;
  }
  expect(compared).toBeGreaterThan(5);
}

describe.skipIf(!hasSharedData)('equal to the reference sheets', () => {
  test('ATR, 14 bars', () => {
    const sheet = new Sheet('cs-atr');
    const [range, atr] = [new TrueRange(), new AverageTrueRange()];
    const columns = ['High', 'Low', 'Close'];
    expectEqual(
      sheet.map(columns, (high, low, close) => range.push(high, low, close)),
      sheet.column('TR'),
      1e-12,
    );
    const values = sheet.map(columns, (high, low, close) => atr.push(high, low, close));
    expect(values.slice(0, 13).every(Number.isNaN)).toBe(true);
    expectEqual(values, sheet.column('ATR'), 1e-9, 13);
  });

  test('Bollinger bands, 20 bars and two deviations', () => {
    const sheet = new Sheet('cs-bbands');
    for (const [title, of] of [
      ['MiddleBand', ({ value }) => value],
      ['HighBand', ({ upper }) => upper],
      ['LowBand', ({ lower }) => lower],
      ['WidthBand', ({ width }) => width],
      ['PercentageBand', ({ place }) => place],
    ] as [string, (bands: BollingerBands) => number][]) {
      const bands = new BollingerBands();
      const values = sheet.map(['Close'], (close) => {
        bands.push(close);
        return of(bands);
      });
      expect(values.slice(0, 19).every(Number.isNaN)).toBe(true);
      expectEqual(values, sheet.column(title), 2e-6);
    }
  });

  test('CCI, 20 bars', () => {
    const sheet = new Sheet('cs-cci');
    const cci = new CommodityChannel();
    const values = sheet.map(['High', 'Low', 'Close'], (high, low, close) => cci.push(high, low, close));
    // The sheet's prices have four places, and it computed with more.
    expectEqual(values, sheet.column('CCI'), 0.05);
  });

  test('MACD 12, 26, 9, its averages beginning with the first close', () => {
    const sheet = new Sheet('cs-macd');
    const [short, long] = [new ExponentialAverage(12, 'first'), new ExponentialAverage(26, 'first')];
    expectEqual(
      sheet.map(['Close'], (close) => short.push(close)),
      sheet.column('short_ema'),
      1e-8,
    );
    expectEqual(
      sheet.map(['Close'], (close) => long.push(close)),
      sheet.column('long_ema'),
      1e-8,
    );
    const macd = new ConvergenceDivergence(12, 26, 9, 'first');
    const lines = sheet.map(['Close'], (close) => macd.push(close));
    expectEqual(lines, sheet.column('MACD_line'), 1e-9);
    // The sheet's signal begins elsewhere; after 90 bars of weight 0.8 that is less than its last place.
    const again = new ConvergenceDivergence(12, 26, 9, 'first');
    const signals = sheet.map(['Close'], (close) => (again.push(close), again.signal));
    expectEqual(signals, sheet.column('MACD_signal'), 1e-8, 90);
    expectEqual(
      lines.map((line, i) => line - signals[i]!),
      sheet.column('MACD_diff'),
      1e-8,
      90,
    );
  });

  test('RSI, 14 changes, beginning with a change of 0', () => {
    const sheet = new Sheet('cs-rsi');
    const rsi = new RelativeStrength(14, 'first');
    const values = sheet.map(['Close'], (close) => rsi.push(close));
    expect(values.slice(0, 14).every(Number.isNaN)).toBe(true);
    expectEqual(values, sheet.column('RSI'), 2e-6);
  });

  test('stochastic, 14 bars, signal of 3', () => {
    const sheet = new Sheet('cs-soo');
    const stochastic = new Stochastic();
    const signals: number[] = [];
    const values = sheet.map(['High', 'Low', 'Close'], (high, low, close) => {
      const value = stochastic.push(high, low, close);
      signals.push(stochastic.signal);
      return value;
    });
    expectEqual(values, sheet.column('SO'), 2e-3);
    expectEqual(signals, sheet.column('SO_SIG'), 2e-3);
  });

  test('moving VWAP, 14 bars', () => {
    const sheet = new Sheet('cs-vwap');
    const vwap = new RollingVwap(14);
    const values = sheet.map(['High', 'Low', 'Close', 'Volume'], (high, low, close, volume) =>
      vwap.push(high, low, close, volume),
    );
    expectEqual(values, sheet.column('vwap'), 1e-5);
  });

  test('WMA, 9 bars', () => {
    const sheet = new Sheet('cs-wma');
    const average = new WeightedAverage(9);
    const values = sheet.map(['Close'], (close) => average.push(close));
    expect(values.slice(0, 8).every(Number.isNaN)).toBe(true);
    // The rows before are made of closes that the sheet does not have.
    expectEqual(values, sheet.column('WMA'), 1e-4, 8);
  });
});
