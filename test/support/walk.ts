import { barColumns, type BarColumns } from '../../src/bars/columns.ts';
import type { Session } from '../../src/time/session.ts';
import { minute } from '../../src/time/instant.ts';
import { seeded } from './synthetic.ts';

/** A row of bars as a test writes them: start, open, high, low, close, volume. */
export type Row = readonly [number, number, number, number, number, number];

export function columnsOf(rows: readonly Row[]): BarColumns {
  const columns = barColumns(rows.length);
  for (const [start, open, high, low, close, volume] of rows) {
    const i = columns.count++;
    columns.start[i] = start;
    columns.open[i] = open;
    columns.high[i] = high;
    columns.low[i] = low;
    columns.close[i] = close;
    columns.volume[i] = volume;
  }
  return columns;
}

/** A random walk in cents over every slot from open to close, breaks included. `has` says which bars there are. */
export function walkOver(
  sessions: readonly Session[],
  seed: number,
  has: (start: number, slot: number, session: number) => boolean = () => true,
  intervalMs = minute,
): BarColumns {
  const random = seeded(seed);
  const rows: Row[] = [];
  let cents = 5_000 + Math.floor(random() * 20_000);
  sessions.forEach(({ open, close }, session) => {
    for (let start: number = open, slot = 0; start < close; start += intervalMs, slot++) {
      const before = cents;
      cents = Math.max(100, cents + Math.floor(random() * 21) - 10);
      const above = Math.floor(random() * 5);
      const below = Math.floor(random() * 5);
      const volume = 100 + Math.floor(random() * 10_000);
      if (!has(start, slot, session)) continue;
      const high = (Math.max(before, cents) + above) / 100;
      const low = (Math.min(before, cents) - below) / 100;
      rows.push([start, before / 100, high, low, cents / 100, volume]);
    }
  });
  return columnsOf(rows);
}

/** The bars that a test keeps. */
export function keepBars(columns: BarColumns, keep: (start: number, index: number) => boolean): BarColumns {
  return columnsOf(rowsOf(columns).filter(([start], i) => keep(start, i)));
}

export function rowsOf({ count, start, open, high, low, close, volume }: BarColumns): Row[] {
  return Array.from({ length: count }, (_, i) => [start[i]!, open[i]!, high[i]!, low[i]!, close[i]!, volume[i]!]);
}
