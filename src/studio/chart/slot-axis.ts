import { sessionGrid, slotCount, type Grid } from '../../time/grid.ts';
import type { Session } from '../../time/session.ts';

/** A place on the axis: a slot of a session. */
export interface AxisPlace {
  readonly session: number;
  readonly slot: number;
}

/**
 * The horizontal axis of the chart: the slots of all sessions of a run side by side, so that nights and holidays take no
 * room. Position p is the left edge of slot p counted from the run's first session.
 */
export class SlotAxis {
  readonly sessions: readonly Session[];
  readonly intervalMs: number;
  /** By session: position of its first slot; one more entry for the end of the run. */
  readonly offsets: Float64Array;
  #grids = new Map<number, Grid>();

  constructor(sessions: readonly Session[], intervalMs: number) {
    this.sessions = sessions;
    this.intervalMs = intervalMs;
    this.offsets = new Float64Array(sessions.length + 1);
    sessions.forEach((session, i) => (this.offsets[i + 1] = this.offsets[i]! + slotCount(session, intervalMs)));
  }

  position(session: number, slot: number): number {
    return this.offsets[session]! + slot;
  }

  /** The slot at a position; undefined outside the run. */
  at(position: number): AxisPlace | undefined {
    const place = Math.floor(position);
    if (!(place >= 0 && place < this.offsets[this.sessions.length]!)) return undefined;
    let low = 0;
    let high = this.sessions.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.offsets[middle]! <= place) low = middle;
      else high = middle;
    }
    return { session: low, slot: place - this.offsets[low]! };
  }

  /** Start of a slot, epoch milliseconds. */
  start({ session, slot }: AxisPlace): number {
    return this.#grid(session).starts[slot]!;
  }

  /** End of a slot, epoch milliseconds. */
  end({ session, slot }: AxisPlace): number {
    return this.#grid(session).ends[slot]!;
  }

  #grid(session: number): Grid {
    let grid = this.#grids.get(session);
    if (!grid) {
      if (this.#grids.size > 64) this.#grids.clear();
      grid = sessionGrid(this.sessions[session]!, this.intervalMs);
      this.#grids.set(session, grid);
    }
    return grid;
  }
}
