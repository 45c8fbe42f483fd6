import { Collector } from './collector.ts';
import { FileParser } from './file-parser.ts';
import type { Layout } from './layout.ts';
import { SymbolRows } from './symbol-rows.ts';
import { FileTally } from './tally.ts';

/** Parses bars of a piece of a file that are only looked at, with times as they are written: on no zone's clock, and not moved. */
export class Glance extends FileParser<SymbolRows> {
  // Without a value of its own, as it is asked for before this class has any.
  declare private bySymbol: Map<string, SymbolRows> | undefined;

  constructor(layout: Layout) {
    const { time } = layout;
    const unzoned = time.kind === 'wall' || time.kind === 'midnight' ? { ...time, zone: 'UTC' } : time;
    super({ ...layout, stampMs: 0, time: unzoned }, new Collector(), new FileTally('', 0));
  }

  get rows(): readonly SymbolRows[] {
    return [...(this.bySymbol?.values() ?? [])];
  }

  finish(): void {
    // Nothing is kept back.
  }

  protected rowsOf(symbol: string): SymbolRows {
    const rows = (this.bySymbol ??= new Map<string, SymbolRows>());
    const own = rows.get(symbol) ?? new SymbolRows(symbol);
    rows.set(symbol, own);
    return own;
  }

  protected isSound(values: Float64Array): boolean {
    return values[2]! > 0 && values[2]! <= values[1]!;
  }

  protected take(rows: SymbolRows, start: number): void {
    const [open, high, low, close, volume] = this.values;
    rows.append(0, start, open!, high!, low!, close!, volume!);
  }
}
