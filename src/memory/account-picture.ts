import { curveOffset } from './block.ts';
import { Cell, Word } from './layout.ts';
import { published } from './protocol.ts';
import type { View } from './view.ts';

/** A stretch of the account's curve: the base slots from one to another, `until` null for the clock, so many merged into a point. */
export interface CurveWindow {
  readonly from: { readonly session: number; readonly slot: number };
  readonly until: { readonly session: number; readonly slot: number } | null;
  readonly merge: number;
}

/** The account's curve, oldest first. A point covers the base slots of its session from `slot` on that are merged into it. */
export interface PictureCurve {
  readonly merge: number;
  readonly session: Int32Array;
  readonly slot: Int32Array;
  /** Money: the lowest, the highest and the last worth at the ends of the slots. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly last: Float64Array;
  /** The deepest share by which the worth lay below the highest one before: 0, or negative. */
  readonly drawdown: Float64Array;
}

/** The account of a run's strategy as it is at the clock. Money, but for units and counts; arrays are by symbol. */
export interface PictureAccount {
  readonly cash: number;
  /** Cash, and open trades at the latest prices. */
  readonly worth: number;
  /** The highest worth so far. */
  readonly peak: number;
  /** Units held, shorts negative. */
  readonly units: Float64Array;
  /** The mean price at which they were entered; NaN without units. */
  readonly entryPrices: Float64Array;
  /** What open trades gained since, without the costs of leaving them. */
  readonly openProfits: Float64Array;
  readonly closedTrades: number;
  readonly waitingOrders: number;
  /** Orders of the script that wait for their bars; 0 of a strategy without one. */
  readonly ordersAhead: number;
  /** Counts what changed in orders and trades: while it holds still, they are the same. */
  readonly changes: number;
  readonly curve: PictureCurve | null;
}

/** Null where the run has no account; undefined when it moved on too fast. Inside of `validated`. */
export function takeAccount(view: View, window: CurveWindow | undefined): PictureAccount | null | undefined {
  const { block } = view;
  if (block.units.length === 0) return null;
  const { words, cells } = block;
  const units = new Float64Array(block.units.length);
  const entryPrices = new Float64Array(units.length);
  const openProfits = new Float64Array(units.length);
  const curve = window ? takeCurve(view, window) : null;
  return view.steady(Word.accountRevision, () => {
    units.set(block.units);
    entryPrices.set(block.entryPrices);
    openProfits.set(block.openProfits);
    return {
      cash: cells[Cell.cash]!,
      worth: cells[Cell.worth]!,
      peak: cells[Cell.peak]!,
      units,
      entryPrices,
      openProfits,
      closedTrades: words[Word.closedTrades]!,
      waitingOrders: words[Word.waitingOrders]!,
      ordersAhead: words[Word.ordersAhead]!,
      changes: words[Word.bookChanges]!,
      curve,
    };
  });
}

function takeCurve(view: View, { from, until, merge }: CurveWindow): PictureCurve {
  const { block, session: current, timeline } = view;
  const valued = Math.min(view.slots, published(block.header, Word.valued));
  const first = Math.max(from.session, current - block.layout.account.depth + 1, 0);
  const last = Math.min(current, until?.session ?? current);
  // Points begin at multiples of their width, so that they hold still while the window moves.
  const beginOf = (session: number): number => (session === from.session ? Math.floor(from.slot / merge) * merge : 0);
  const endOf = (session: number): number => {
    const slots = session === current ? valued : timeline.frame(session).grids[0]!.count;
    return session === until?.session ? Math.min(slots, until.slot) : slots;
  };
  let most = 0;
  for (let session = first; session <= last; session++)
    most += Math.max(0, Math.ceil((endOf(session) - beginOf(session)) / merge));
  const curve = {
    merge,
    session: new Int32Array(most),
    slot: new Int32Array(most),
    low: new Float64Array(most),
    high: new Float64Array(most),
    last: new Float64Array(most),
    drawdown: new Float64Array(most),
  };
  let count = 0;
  for (let session = first; session <= last; session++) {
    const end = endOf(session);
    const row = curveOffset(block, session);
    for (let slot = beginOf(session); slot < end; slot += merge) {
      setPoint(view, session, row, slot, Math.min(end, slot + merge), curve, count);
      if (!Number.isNaN(curve.last[count]!)) count++;
    }
  }
  if (count === most) return curve;
  const { session, slot, low, high, last: lasts, drawdown } = curve;
  const part = <Column extends Int32Array | Float64Array>(column: Column): Column =>
    column.subarray(0, count) as Column;
  return {
    ...{ merge, session: part(session), slot: part(slot) },
    ...{ low: part(low), high: part(high), last: part(lasts), drawdown: part(drawdown) },
  };
}

/** Writes what the slots from one to before another come to as a point; its last worth is NaN where none of them has one. */
function setPoint(
  { block }: View,
  session: number,
  row: number,
  slot: number,
  end: number,
  curve: PictureCurve,
  at: number,
): void {
  const { worths, peaks } = block;
  let [low, high, last, drawdown] = [Infinity, -Infinity, NaN, 0];
  for (let i = row + slot; i < row + end; i++) {
    const worth = worths[i]!;
    if (Number.isNaN(worth)) continue;
    last = worth;
    if (worth < low) low = worth;
    if (worth > high) high = worth;
    drawdown = Math.min(drawdown, worth / peaks[i]! - 1);
  }
  curve.session[at] = session;
  curve.slot[at] = slot;
  curve.low[at] = low;
  curve.high[at] = high;
  curve.last[at] = last;
  curve.drawdown[at] = drawdown;
}
