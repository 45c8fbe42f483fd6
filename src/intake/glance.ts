import type { BarColumns } from '../bars/columns.ts';
import { barColumns } from '../bars/columns.ts';
import { Collector } from './collector.ts';
import { FileParser } from './file-parser.ts';
import type { Layout } from './layout.ts';

/** Bars of one symbol that were looked at. */
export interface Glimpse {
  readonly symbol: string;
  columns: BarColumns;
}

const names = ['start', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Parses bars of a piece of a file that are only looked at, with times as they are written: on no zone's clock, and not moved. */
export class Glance extends FileParser<Glimpse> {
  // Without a value of its own, as it is asked for before this class has any.
  declare private bySymbol: Map<string, Glimpse> | undefined;

  constructor(layout: Layout) {
    const { time, ofInterval } = layout;
    const unzoned = time.kind === 'wall' || time.kind === 'midnight' ? { ...time, zone: 'UTC' } : time;
    const collector = new Collector();
    const alone = ofInterval && { ...ofInterval, isAlone: true };
    super({ ...layout, stampMs: 0, time: unzoned, ofInterval: alone }, collector, collector.beginFile('', 0));
  }

  get glimpses(): readonly Glimpse[] {
    return [...(this.bySymbol?.values() ?? [])];
  }

  finish(): void {
    // Nothing is kept back.
  }

  protected rowsOf(symbol: string): Glimpse {
    const rows = (this.bySymbol ??= new Map<string, Glimpse>());
    const own = rows.get(symbol) ?? { symbol, columns: barColumns(256) };
    rows.set(symbol, own);
    return own;
  }

  protected isSound(values: Float64Array): boolean {
    return values[2]! > 0 && values[2]! <= values[1]!;
  }

  protected run(_bytes: Uint8Array, at: number): number {
    return at;
  }

  protected take(glimpse: Glimpse, start: number): void {
    const { columns } = glimpse;
    const at = columns.count;
    if (at === columns.start.length) glimpse.columns = grown(columns);
    const [open, high, low, close, volume] = this.values;
    const bar = { start, open: open!, high: high!, low: low!, close: close!, volume: volume! };
    for (const name of names) glimpse.columns[name][at] = bar[name];
    glimpse.columns.count = at + 1;
  }
}

function grown(columns: BarColumns): BarColumns {
  const larger = barColumns(2 * columns.count);
  for (const name of names) larger[name].set(columns[name]);
  larger.count = columns.count;
  return larger;
}
