import { barColumns, type BarColumns } from '../bars/columns.ts';
import type { Frame } from '../memory/timeline.ts';
import { dayNumber } from '../time/day.ts';
import type { Grid } from '../time/grid.ts';
import { day } from '../time/instant.ts';

/**
 * Bars of a session made from stored ones that do not lie in its slots as they are: shorter ones, of which a slot takes all that
 * start in it, and bars of a day, which are stamped in more than one way. A bar is there when any of its parts is: open of the first,
 * highest high, lowest low, close of the last, sum of the volumes.
 */
export class FittedBars {
  /** The bars, each with the start of its slot. Valid until `begin`. */
  columns: BarColumns = barColumns(512);
  /** Stored bars of the session's day that start in none of its slots. */
  outside = 0;
  private grid!: Grid;
  private frame!: Frame;
  private storedMs = 0;
  private slot = -1;

  /** Starts a session of bars of `grid`, made from stored ones of that length. */
  begin(frame: Frame, grid: Grid, storedMs: number): void {
    this.frame = frame;
    this.grid = grid;
    this.storedMs = storedMs;
    this.columns.count = 0;
    this.outside = 0;
    this.slot = -1;
  }

  /** Takes the next stored bars; they must come in time order. */
  add(bars: BarColumns): void {
    const { dayStart, dayEnd } = this.frame.session;
    for (let i = 0; i < bars.count; i++) {
      const start = bars.start[i]!;
      const slot = this.slotOf(start);
      if (slot >= 0) this.put(bars, i, slot);
      else if (start >= dayStart && start < dayEnd && !this.isOfOtherDate(start)) this.outside++;
    }
  }

  /** A bar of a day that is stamped at the midnight of its date in UTC can lie in the market's day before. */
  private isOfOtherDate(start: number): boolean {
    const { session } = this.frame;
    return this.storedMs >= day && !session.days && start % day === 0 && start !== dayNumber(session.date) * day;
  }

  private slotOf(start: number): number {
    const { grid, storedMs } = this;
    const { session } = this.frame;
    if (storedMs < day && grid.interval < day) return slotContaining(grid, start);
    if (session.days) {
      const slot = grid.slotAt(start);
      if (storedMs >= day || slot < 0) return slot;
      const { open, close } = session.days[slot]!;
      return start >= open && start < close ? slot : -1;
    }
    // One slot, the whole session: the base is shorter than a day.
    if (storedMs < day) return isOpen(session, start) ? 0 : -1;
    const ofDate =
      start % day === 0 ? start === dayNumber(session.date) * day : start >= session.dayStart && start < session.dayEnd;
    return ofDate ? 0 : -1;
  }

  private put(bars: BarColumns, i: number, slot: number): void {
    let { columns } = this;
    if (slot === this.slot) {
      const at = columns.count - 1;
      if (bars.high[i]! > columns.high[at]!) columns.high[at] = bars.high[i]!;
      if (bars.low[i]! < columns.low[at]!) columns.low[at] = bars.low[i]!;
      columns.close[at] = bars.close[i]!;
      columns.volume[at]! += bars.volume[i]!;
      return;
    }
    if (columns.count === columns.start.length) columns = this.columns = widened(columns);
    const at = columns.count++;
    columns.start[at] = this.grid.starts[slot]!;
    columns.open[at] = bars.open[i]!;
    columns.high[at] = bars.high[i]!;
    columns.low[at] = bars.low[i]!;
    columns.close[at] = bars.close[i]!;
    columns.volume[at] = bars.volume[i]!;
    this.slot = slot;
  }
}

/** The slot that a time lies in; -1 while the market is shut. */
function slotContaining({ segments, interval }: Grid, at: number): number {
  for (const { start, end, firstSlot } of segments)
    if (at >= start && at < end) return firstSlot + Math.floor((at - start) / interval);
  return -1;
}

function isOpen({ open, close, breaks }: Frame['session'], at: number): boolean {
  return at >= open && at < close && !breaks.some(({ start, end }) => at >= start && at < end);
}

function widened(columns: BarColumns): BarColumns {
  const wider = barColumns(columns.start.length * 2);
  wider.count = columns.count;
  for (const name of ['start', 'open', 'high', 'low', 'close', 'volume'] as const) wider[name].set(columns[name]);
  return wider;
}
