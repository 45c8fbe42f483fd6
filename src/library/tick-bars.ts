import { barColumns, type BarColumns } from '../bars/columns.ts';
import { instant, type Instant } from '../time/instant.ts';
import type { Grid } from '../time/grid.ts';
import type { Chunk } from './chunk.ts';
import type { RecordTape } from './record-tape.ts';
import type { BarTape } from './tape.ts';

/**
 * Bars made of a symbol's ticks: of those in `[start, end)` of a slot, open the first price, high and low the extremes, close the
 * last, volume the sum of sizes in their order. Ticks outside the session make bars too, aligned to the interval, so that they
 * are counted as outside like any others. A slot without a tick has no bar.
 */
export class TickBars implements BarTape {
  private readonly tape: RecordTape;
  private readonly intervalMs: number;
  private made: MadeBars | null = null;

  constructor(tape: RecordTape, intervalMs: number) {
    this.tape = tape;
    this.intervalMs = intervalMs;
  }

  async seek(from: number, to: number, grid: Grid): Promise<void> {
    const { tape, intervalMs } = this;
    const bars = new BarMaker();
    await tape.seek(from);
    let slot = 0;
    let end = -Infinity;
    while (tape.time < to) {
      const { time } = tape;
      if (time >= end) {
        while (slot < grid.count && time >= grid.ends[slot]!) slot++;
        if (slot < grid.count && time >= grid.starts[slot]!) {
          bars.begin(grid.starts[slot]!);
          end = grid.ends[slot]!;
        } else {
          // Never before the end of the slot before, whose bar it is not.
          const start = Math.floor(time / intervalMs) * intervalMs;
          bars.begin(Math.max(start, slot > 0 ? grid.ends[slot - 1]! : -Infinity));
          end = Math.min(start + intervalMs, slot < grid.count ? grid.starts[slot]! : Infinity);
        }
      }
      const [price, size] = tape.columns!.values;
      bars.add(price![tape.row]!, size![tape.row]!);
      tape.row++;
      if (!tape.filled) await tape.fill();
    }
    this.made = new MadeBars(intervalMs, bars.columns);
  }

  blocks(_from: number, _to: number, visit: (chunk: Chunk, block: number) => void): void {
    if (this.made && this.made.blocks > 0) visit(this.made, 0);
  }
}

/** Adds ticks to bars, in columns that grow. */
class BarMaker {
  columns: BarColumns = barColumns(512);

  begin(start: number): void {
    let { columns } = this;
    const at = columns.count;
    if (at === columns.start.length) {
      const wider = barColumns(at * 2);
      for (const name of ['start', 'open', 'high', 'low', 'close', 'volume'] as const) wider[name].set(columns[name]);
      columns = this.columns = wider;
    }
    columns.start[at] = start;
    columns.open[at] = NaN;
    columns.volume[at] = 0;
    columns.count = at + 1;
  }

  add(price: number, size: number): void {
    const { open, high, low, close, volume, count } = this.columns;
    const at = count - 1;
    if (Number.isNaN(open[at]!)) open[at] = high[at] = low[at] = price;
    else if (price > high[at]!) high[at] = price;
    else if (price < low[at]!) low[at] = price;
    close[at] = price;
    volume[at] = volume[at]! + size;
  }
}

/** The bars of one stretch, as a chunk of one block or none. */
class MadeBars implements Chunk {
  readonly intervalMs: number;
  readonly blocks: number;
  readonly from: readonly Instant[];
  readonly to: readonly Instant[];
  readonly count: readonly number[];
  private readonly bars: BarColumns;

  constructor(intervalMs: number, bars: BarColumns) {
    const { start, count } = bars;
    this.intervalMs = intervalMs;
    this.bars = bars;
    this.blocks = count > 0 ? 1 : 0;
    this.count = [count];
    this.from = count > 0 ? [instant(start[0]!)] : [];
    this.to = count > 0 ? [instant(start[count - 1]!)] : [];
  }

  decodeBlock(_block: number, out: BarColumns, at = 0): void {
    const { bars } = this;
    for (const name of ['start', 'open', 'high', 'low', 'close', 'volume'] as const)
      out[name].set(bars[name].subarray(0, bars.count), at);
    out.count = at + bars.count;
  }
}
