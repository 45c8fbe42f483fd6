import type { RecordColumns } from '../bars/records.ts';
import type { ConflictRule } from './choices.ts';
import { mergedRuns } from './merged-runs.ts';
import { Once, type Losses } from './once.ts';
import type { RecordRows } from './record-rows.ts';
import type { Breathe } from './result.ts';
import { blockRows } from './dataset-hash.ts';
import { pagedBars, wholeRecords, type SymbolBars, type SymbolRecords } from './series.ts';
import type { Run, Staging } from './staging.ts';
import { barRowColumns, filedBars, FreePages, type FiledBars, type SymbolRows } from './symbol-rows.ts';
import { timeOrder } from './time-order.ts';

/** Rows between two breaths, some ten milliseconds of work. */
const breathRows = 200_000;

/** What staged bars are settled in, for one symbol after the other. */
const settling = new FreePages();

/**
 * The bars of a symbol, sorted and each time once, by the rule; null when there are none. They are in the staging, or where that is null in
 * memory. `losses` hears once of those that are left out, `look` sees each piece.
 */
export async function seriesOfBars(
  rows: SymbolRows,
  staging: Staging | null,
  rule: ConflictRule,
  losses: Losses,
  breathe: Breathe,
  look: (bars: FiledBars) => Promise<void>,
): Promise<SymbolBars | null> {
  const { name, runs } = rows;
  if (staging === null) {
    if (rows.count === 0) return null;
    const pages = rows.ordered ? rows.pages : [await sorted(rows, rule, losses, breathe)];
    if (pages[0]!.count === 0) return null;
    for (const page of pages) await look(page);
    return pagedBars(name, pages);
  }
  let [count, from, to] = [0, NaN, NaN];
  for await (const bars of stagedBars(runs, staging, rule, losses)) {
    if (count === 0) from = bars.start[0]!;
    to = bars.start[bars.count - 1]!;
    count += bars.count;
    await look(bars);
    await breathe();
  }
  return count === 0 ? null : { name, count, from, to, pieces: () => stagedBars(runs, staging, rule, null) };
}

/** The same of quotes or ticks, of which all are taken. */
export async function seriesOfRecords(
  name: string,
  rows: RecordRows,
  staging: Staging | null,
  breathe: Breathe,
  look: (records: RecordColumns) => Promise<void>,
): Promise<SymbolRecords | null> {
  if (staging === null) {
    const columns = await rows.inOrder(breathe);
    if (columns.count === 0) return null;
    await look(columns);
    return wholeRecords(name, columns);
  }
  const { runs, rowColumns: columns } = rows;
  let [count, from, to] = [0, NaN, NaN];
  for await (const records of stagedRecords(runs, columns, staging)) {
    if (count === 0) from = records.time[0]!;
    to = records.time[records.count - 1]!;
    count += records.count;
    await look(records);
    await breathe();
  }
  return count === 0 ? null : { name, count, from, to, pieces: () => stagedRecords(runs, columns, staging) };
}

async function sorted(rows: SymbolRows, rule: ConflictRule, losses: Losses, breathe: Breathe): Promise<FiledBars> {
  const columns = rows.gathered();
  const order = await timeOrder(columns.start, columns.count, breathe);
  const once = new Once(filedBars(columns.count), rule, losses);
  for (let at = 0; at < order.length;) {
    at = once.take(columns, order, at, Math.min(at + breathRows, order.length));
    await breathe();
  }
  once.end();
  return once.bars;
}

async function* stagedBars(
  runs: readonly Run[],
  staging: Staging,
  rule: ConflictRule,
  losses: Losses | null,
): AsyncGenerator<FiledBars, void, undefined> {
  const page = settling.take(blockRows);
  const once = new Once(page, rule, losses);
  try {
    for await (const { count, columns } of mergedRuns(runs, barRowColumns, staging)) {
      const [start, open, high, low, close, volume, origins] = columns as readonly [
        ...[Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array],
      ];
      const filed = { count, start, open, high, low, close, volume, origins };
      for (let at = 0; at < count;) {
        at = once.take(filed, null, at, count);
        if (at === count) break;
        yield once.bars;
        once.bars.count = 0;
      }
    }
    once.end();
    if (once.bars.count > 0) yield once.bars;
  } finally {
    settling.give([page]);
  }
}

async function* stagedRecords(
  runs: readonly Run[],
  columns: number,
  staging: Staging,
): AsyncGenerator<RecordColumns, void, undefined> {
  for await (const { count, columns: rows } of mergedRuns(runs, columns, staging)) {
    const [time, ...values] = rows as readonly [Float64Array, ...Float64Array[]];
    yield { count, time, values };
  }
}
