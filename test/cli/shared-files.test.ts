import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import type { RunReport } from '../../src/session/report.ts';
import { hasSharedData, sharedData } from '../support/shared-data.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const minute = 60_000;
const day = 1_440 * minute;

/** Start, open, high, low, close, volume; read by another parser than the project's own. */
type Row = readonly number[];

interface Hours {
  readonly date: string;
  readonly open: number;
  readonly close: number;
}

function records(path: string): string[][] {
  const bytes = readFileSync(sharedData(path));
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return Papa.parse<string[]>(text.trim()).data;
}

/** Rows under a header, whose first column is a time in UTC. */
function timed(path: string): Row[] {
  return records(path)
    .slice(1)
    .map(([time, ...values]) => [Date.parse(`${time!.slice(0, 10)}T${time!.slice(11, 19)}Z`), ...values.map(Number)]);
}

/** Sessions of the checked answers. */
function checked(calendar: string): Hours[] {
  return records(`calendars/${calendar}.csv`)
    .slice(1)
    .map(([date, open, close]) => ({ date: date!.slice(0, 10), open: Date.parse(open!), close: Date.parse(close!) }));
}

/** A session a UTC day, or one that begins that much earlier, on some days of the week. */
function daily(from: string, days: number, beginsMs: number, onWeekends: boolean): Hours[] {
  return Array.from({ length: days }, (_, i) => {
    const open = Date.parse(`${from}T00:00:00Z`) + i * day;
    return { date: new Date(open).toISOString().slice(0, 10), open: open - beginsMs, close: open - beginsMs + day };
  }).filter(({ date }) => onWeekends || new Date(date).getUTCDay() % 6 !== 0);
}

const xnys = (): Hours[] => checked('xnys');

interface Figures {
  readonly date: string;
  readonly expected: number;
  readonly streamed: number;
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  readonly close: number | null;
  readonly volume: number;
}

/** The figures of some rows that are one session's. */
function figuresOf(date: string, expected: number, rows: readonly Row[]): Figures {
  const some = rows.length > 0;
  return {
    date,
    expected,
    streamed: rows.length,
    open: some ? rows[0]![1]! : null,
    high: some ? Math.max(...rows.map((row) => row[2]!)) : null,
    low: some ? Math.min(...rows.map((row) => row[3]!)) : null,
    close: some ? rows.at(-1)![4]! : null,
    volume: rows.reduce((sum, row) => sum + (row[5] ?? 0), 0),
  };
}

/** The sessions that the rows lie in, from the first to the last, worked out one by one. */
function figures(rows: readonly Row[], sessions: readonly Hours[], barMs: number): Figures[] {
  const [first, last] = [rows[0]![0]!, rows.at(-1)![0]!];
  return sessions
    .filter(({ open, close }) => close > first && open <= last)
    .map(({ date, open, close }) =>
      figuresOf(
        date,
        Math.ceil((close - open) / barMs),
        rows.filter(([start]) => start! >= open && start! < close),
      ),
    );
}

/** What the terminal's run says of each session and symbol. */
async function played(config: object, paths: readonly string[]): Promise<{ report: RunReport; rows: Figures[] }> {
  const folder = temporaryFolder();
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const { report: json } = await run(join(folder, 'config.json'), paths.map(sharedData), () => undefined);
  const report = JSON.parse(json) as RunReport;
  const rows = report.sessions.flatMap(({ date, symbols }) =>
    Object.values(symbols).map(({ expected, streamed, open, high, low, close, volume }) => ({
      ...{ date, expected, streamed, open, high, low, close, volume },
    })),
  );
  return { report, rows };
}

describe.skipIf(!hasSharedData)(
  'every file of ../shared/data that holds bars plays through (skipped without it)',
  () => {
    test.each<[string, object, () => Row[], () => Hours[], number]>([
      ['plain/SPY.csv', {}, () => timed('plain/SPY.csv'), xnys, minute],
      ['plain/GOOG.csv', {}, () => timed('plain/GOOG.csv'), xnys, minute],
      ['plain/SHY.csv', {}, () => timed('plain/SHY.csv'), xnys, minute],
      [
        'nautilus/6EH4.XCME_1min_bars_20240101_20240131.csv.gz',
        { session: { calendar: 'CMES' } },
        // Its weeks run from 23:01 to 22:00 of UTC, an hour that opens at 23:00 and closes at 22:00: the stamps are ends.
        () =>
          timed('nautilus/6EH4.XCME_1min_bars_20240101_20240131.csv.gz').map(([time, ...values]) => [
            time! - minute,
            ...values,
          ]),
        () => checked('cmes'),
        minute,
      ],
      [
        'nautilus/gbpusd-m1-bid-2012.csv',
        { session: { calendar: 'FX' } },
        () => timed('nautilus/gbpusd-m1-bid-2012.csv'),
        // 17:00 in New York is 22:00 in UTC in February.
        () => daily('2012-01-01', 90, 120 * minute, false),
        minute,
      ],
      [
        'nautilus/ADABTC-1m-2021-11-27.csv',
        { session: { calendar: '24/7' } },
        () => records('nautilus/ADABTC-1m-2021-11-27.csv').map((row) => row.map(Number)),
        () => daily('2021-11-26', 4, 0, true),
        minute,
      ],
      [
        'backtrader/2006-min-005.txt',
        { session: { timeoutSeconds: 0 } },
        () =>
          records('backtrader/2006-min-005.txt')
            .slice(1)
            // Euro Stoxx 50, from 09:05 on its own clock, an hour before UTC in January; the stamps are the ends of five minutes.
            .map(([date, time, ...values]) => [Date.parse(`${date}T${time}Z`) - 65 * minute, ...values.map(Number)]),
        xnys,
        5 * minute,
      ],
    ])(
      '%s',
      async (path, config, rows, sessions, barMs) => {
        const found = await played(config, [path]);
        const figuresFound = figures(rows(), sessions(), barMs);
        expect(figuresFound.reduce((sum, { streamed }) => sum + streamed, 0)).toBeGreaterThan(9);
        expect(found.rows.map((row) => ({ ...row, volume: 0 }))).toEqual(
          figuresFound.map((row) => ({ ...row, volume: 0 })),
        );
        // Sums of volumes with decimals differ in the last bits by their order.
        found.rows.forEach(({ volume }, i) => expect(volume).toBeCloseTo(figuresFound[i]!.volume, 6));
      },
      60_000,
    );

    test('plain/GOOG.csv: Christmas Eve 2015 ends at 13:00 in New York and rolls to the 28th', async () => {
      const { report } = await played({}, ['plain/GOOG.csv']);
      const at = report.sessions.findIndex(({ date }) => date === '2015-12-24');
      expect(report.sessions.slice(at, at + 2).map(({ open, close }) => [open, close])).toEqual([
        ['2015-12-24T14:30:00Z', '2015-12-24T18:00:00Z'],
        ['2015-12-28T14:30:00Z', '2015-12-28T21:00:00Z'],
      ]);
    }, 60_000);

    test('backtesting.py/GOOG.csv: ten years of days with nothing set', async () => {
      const { rows } = await played({}, ['backtesting.py/GOOG.csv']);
      const bars = records('backtesting.py/GOOG.csv')
        .slice(1)
        .map(([date, ...values]) => [Date.parse(`${date}T00:00:00Z`), ...values.map(Number)]);
      const [first, last] = [bars[0]![0]!, bars.at(-1)![0]!];
      const dates = xnys()
        .map(({ date }) => date)
        .filter((date) => Date.parse(date) >= first && Date.parse(date) <= last);
      const years = [...new Set(dates.map((date) => date.slice(0, 4)))];
      expect(rows).toEqual(
        years.map((year) => {
          const of = dates.filter((date) => date.startsWith(year));
          return figuresOf(
            of[0]!,
            of.length,
            bars.filter(([start]) => new Date(start!).toISOString().startsWith(year)),
          );
        }),
      );
      expect(rows).toHaveLength(10);
    }, 60_000);

    test('two days of ADABTC, a file each, together', async () => {
      const names = ['ADABTC-1m-2021-11-27', 'ADABTC-1m-2021-11-28'];
      const streams = names.map((dataset) => ({ dataset, symbol: 'ADABTC', kind: 'bars', interval: null }));
      const { report } = await played(
        { data: { streams }, session: { calendar: '24/7' } },
        names.map((name) => `nautilus/${name}.csv`),
      );
      expect(
        report.sessions.map(({ date, symbols }) => [
          date,
          Object.entries(symbols).map(([name, { streamed }]) => [name, streamed]),
        ]),
      ).toEqual([
        ['2021-11-27', names.map((name, i) => [`ADABTC (${name})`, i === 0 ? 10 : 0])],
        ['2021-11-28', names.map((name, i) => [`ADABTC (${name})`, i === 1 ? 11 : 0])],
      ]);
    }, 60_000);

    test('SHY with a share of its minutes lost and itself as the source is what it was, no bar more', async () => {
      const own = await played({}, ['plain/SHY.csv']);
      const { report } = await played({ feed: { dropRate: 0.2 }, data: { fillFrom: ['SHY'] } }, ['plain/SHY.csv']);
      expect(report.totals.quality).toBe(own.report.totals.quality);
      expect(report.totals.fillRate).toBeGreaterThan(0.9);
      expect(report.totals.filled).toBeGreaterThan(100);
      expect(report.sessions.map(({ symbols: { SHY: s } }) => s!.streamed + s!.filled)).toEqual(
        own.report.sessions.map(({ symbols: { SHY: s } }) => s!.streamed),
      );
    }, 60_000);
  },
);
