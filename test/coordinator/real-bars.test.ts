import { existsSync, readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import type { Config } from '../../src/config/schema.ts';
import { Verb } from '../../src/memory/commands.ts';
import { View } from '../../src/memory/view.ts';
import type { RunReport, SymbolReport } from '../../src/session/report.ts';
import { timelineOf } from '../../src/session/run-timeline.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, storeDataset } from '../support/synthetic.ts';
import { columnsOf, rowsOf } from '../support/walk.ts';

const plain = new URL('../../../shared/data/plain/', import.meta.url);

interface CsvRow {
  readonly timestamp: string;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
}

/** Bars of a recorded file, read by another parser than the project's own. */
function recorded(symbol: string): BarColumns {
  const text = readFileSync(new URL(`${symbol}.csv`, plain), 'utf8');
  const { data } = Papa.parse<CsvRow>(text, { header: true, skipEmptyLines: true });
  return columnsOf(
    data.map((row) => [Date.parse(row.timestamp), +row.open, +row.high, +row.low, +row.close, +row.volume]),
  );
}

function pricesOf({ open, high, low, close, volume }: SymbolReport): Partial<SymbolReport> {
  return { open, high, low, close, volume };
}

async function openStore(symbol: string): Promise<MemoryStore> {
  const store = new MemoryStore();
  await storeDataset(store, symbol, { [symbol]: recorded(symbol) });
  return store;
}

async function play(symbol: string, changes: Parameters<typeof planOf>[1] = {}): Promise<RunReport> {
  const store = await openStore(symbol);
  return playToEnd(await planOf(store, { replay: { speed: 'max' }, ...changes }), store);
}

describe.skipIf(!existsSync(plain))('recorded bars (skipped where the shared data is absent)', () => {
  test('SPY, six sessions of October 2013: whole, with the figures of the days', async () => {
    const { sessions, totals } = await play('SPY');
    const rows = sessions.map(({ date, symbols: { SPY: s }, derived }) => {
      expect(s).toMatchObject({ expected: 390, streamed: 390, filled: 0, missing: 0, quality: 100 });
      expect(derived['5m']).toEqual({ SPY: { bars: 78, incomplete: 0 } });
      return [date, s!.open, s!.high, s!.low, s!.close, s!.volume];
    });
    expect(rows).toEqual([
      ['2013-10-04', 167.74, 169.06, 167.53, 168.89, 84_960_871],
      ['2013-10-07', 167.43, 168.45, 167.25, 167.42, 81_489_219],
      ['2013-10-08', 167.45, 167.62, 165.36, 165.48, 153_859_703],
      ['2013-10-09', 165.82, 166.2, 164.53, 165.57, 143_898_404],
      ['2013-10-10', 167.32, 169.24, 167.23, 169.24, 157_839_488],
      ['2013-10-11', 168.9, 170.32, 168.77, 170.3, 88_751_455],
    ]);
    expect(totals).toMatchObject({ sessions: 6, expected: 2_340, streamed: 2_340, quality: 100 });
    const outside = sessions.reduce((sum, { symbols }) => sum + symbols.SPY!.outside, 0);
    expect(outside).toBe(recorded('SPY').count - 2_340);
  });

  test('GOOG: Christmas Eve 2015 closes early; eight minutes of 28 December are missing', async () => {
    const { sessions } = await play('GOOG');
    const day = (wanted: string): RunReport['sessions'][0] => sessions.find(({ date }) => date === wanted)!;
    expect(day('2015-12-24')).toMatchObject({ early: true, close: '2015-12-24T18:00:00Z' });
    expect(day('2015-12-24').symbols.GOOG).toMatchObject({ expected: 210, streamed: 210, quality: 100 });
    expect(day('2015-12-28').symbols.GOOG).toMatchObject({ expected: 390, streamed: 382, missing: 8 });
    const { bars, incomplete } = day('2015-12-28').derived['5m']!.GOOG!;
    expect(bars - incomplete).toBe(70);
  });

  test('SHY: thin trade before and after the clocks changed in March 2008', async () => {
    const { sessions } = await play('SHY');
    const shy = (date: string): unknown => sessions.find((each) => each.date === date)!.symbols.SHY;
    expect(shy('2008-03-07')).toMatchObject({ expected: 390, streamed: 333 });
    expect(shy('2008-03-10')).toMatchObject({ expected: 390, streamed: 313 });
    expect(sessions.map(({ open }) => open)).toEqual(['2008-03-07T14:30:00Z', '2008-03-10T13:30:00Z']);
  });

  test('SPY with a tenth of its bars lost and itself as the source is whole again in the end', async () => {
    const { totals } = await play('SPY', { feed: { dropRate: 0.1 }, data: { fillFrom: ['SPY'] } });
    expect(totals).toMatchObject({ missing: 0, quality: 100, fillRate: 1, filled: totals.recoverable });
    expect(totals.filled).toBeGreaterThan(180);
    expect(totals.filled).toBeLessThan(290);
  });

  test.each<[string, Partial<Config['feed']>]>([
    ['minutes knocked out', { dropRate: 0.2 }],
    [
      'every fault at once',
      {
        dropRate: 0.1,
        delayRate: 0.1,
        delayMinutes: 7,
        duplicateRate: 0.1,
        reorderRate: 0.1,
        corruptRate: 0.1,
        outages: [{ symbol: null, from: '2008-03-07T16:00:00Z', to: '2008-03-07T17:30:00Z' }],
      },
    ],
  ])('SHY with %s returns to its own quality from itself, and no bar is invented', async (_, feed) => {
    const store = await openStore('SHY');
    const recordedRows = new Map(rowsOf(recorded('SHY')).map((row) => [row[0], row]));
    const whole = await play('SHY');
    const run = await DrivenRun.open(
      await planOf(store, { replay: { speed: 'max' }, feed, data: { fillFrom: ['SHY'] } }),
      store,
    );
    const view = new View(run.block, timelineOf(run.plan));
    for (let session = 0; session < whole.sessions.length; session++) {
      await run.command(Verb.stepSession);
      view.refresh();
      for (const { start, open, high, low, close, volume } of view.lastBars(0, 999))
        expect([start, open, high, low, close, volume]).toEqual(recordedRows.get(start));
    }
    const report = run.coordinator.report();
    expect(report.totals.quality).toBe(whole.totals.quality);
    expect(report.totals.fillRate).toBe(1);
    report.sessions.forEach(({ symbols, feed: faults }, i) => {
      const { streamed } = whole.sessions[i]!.symbols.SHY!;
      const shy = symbols.SHY!;
      const { dropped, outage, rejected, stale } = faults!.SHY!;
      expect(shy.streamed + shy.filled).toBe(streamed);
      expect(dropped).toBeGreaterThan(0);
      // Of what was lost every bar is filled, and nothing but it; a late bar that upkeep found before is one of them.
      expect(shy.filled).toBe(dropped + outage + rejected + stale);
      expect(shy).toMatchObject({ ...pricesOf(whole.sessions[i]!.symbols.SHY!), quality: (100 * streamed) / 390 });
    });
  });

  test('GOOG on Christmas Eve has one fingerprint at max, at 600 × and stepped', async () => {
    const store = await openStore('GOOG');
    const fingerprints: unknown[] = [];
    for (const [speed, verb] of [
      ['max', Verb.play],
      [600, Verb.play],
      ['max', Verb.stepBar],
      ['max', Verb.stepSession],
    ] as const) {
      const data = { from: '2015-12-24', to: '2015-12-24' };
      const run = await DrivenRun.open(await planOf(store, { data, replay: { speed } }), store);
      fingerprints.push((await run.toEnd(verb)).fingerprint);
    }
    expect(new Set(fingerprints).size).toBe(1);
    expect(fingerprints[0]).toMatch(/^sha256:/);
  });
});
