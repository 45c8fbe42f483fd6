import type { SlotPlace } from '../../memory/picture.ts';
import { sessionGrid, slotCount, type Grid, type Segment } from '../../time/grid.ts';
import type { Session } from '../../time/session.ts';

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
  at(position: number): SlotPlace | undefined {
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
  start({ session, slot }: SlotPlace): number {
    return this.#grid(session).starts[slot]!;
  }

  /** End of a slot, epoch milliseconds. */
  end({ session, slot }: SlotPlace): number {
    return this.#grid(session).ends[slot]!;
  }

  /** The time at a position, parts of a slot included, epoch milliseconds; outside the run that of its nearest end. */
  timeAt(position: number): number {
    const count = this.offsets[this.sessions.length]!;
    const inside = Math.max(0, Math.min(count, position));
    const place = this.at(Math.min(inside, count - 1))!;
    const [start, end] = [this.start(place), this.end(place)];
    return start + (inside - this.position(place.session, place.slot)) * (end - start);
  }

  /** The position of a time, epoch milliseconds; closed time lies between the slots around it. */
  positionAt(at: number): number {
    let session = 0;
    let high = this.sessions.length;
    while (high - session > 1) {
      const middle = (session + high) >> 1;
      if (this.sessions[middle]!.open <= at) session = middle;
      else high = middle;
    }
    const { starts, ends } = this.#grid(session);
    let slot = 0;
    high = starts.length;
    while (high - slot > 1) {
      const middle = (slot + high) >> 1;
      if (starts[middle]! <= at) slot = middle;
      else high = middle;
    }
    const share = (at - starts[slot]!) / (ends[slot]! - starts[slot]!);
    return this.position(session, slot) + Math.max(0, Math.min(1, share));
  }

  /** The stretches of open time of a session, between its breaks. */
  segments(session: number): readonly Segment[] {
    return this.#grid(session).segments;
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
