import { slotCount } from '../time/grid.ts';
import type { Session } from '../time/session.ts';
import { mostAhead } from './layout.ts';
import type { OwnSlots } from './own-slots.ts';
import { cutSession, hoursOf, shiftedCut, type SessionCut } from './session-cut.ts';

/** One session cut into slots, for every interval of the run. */
export interface Frame extends Omit<SessionCut, 'own'> {
  readonly session: Session;
  /** By symbol: where its bars lie when they are longer than the base; null for those of the base, and where all are. */
  readonly own: readonly (OwnSlots | null)[] | null;
  /** Base slots of all sessions before this one: with a slot, a tick's number in the run. */
  readonly firstTick: number;
  /** The same for all sessions of equal hours. */
  readonly hours: object;
}

/** How the first session of its hours is cut. */
interface FirstCut {
  readonly open: number;
  readonly cut: SessionCut;
}

/** Bytes of cut sessions that are kept, at 16 a slot and what derived intervals add; fewest and most sessions whatever they take. */
const keptBytes = 4_000_000;
const bytesPerSlot = 24;
const fewestKept = 16;
/** Those that are laid out ahead, and as many behind: else whoever lays out and whoever plays would cut them in turns. */
const mostKept = 2 * mostAhead;

/** The sessions of a run, cut into slots when asked for; the last ones are kept. */
export class Timeline {
  readonly sessions: readonly Session[];
  private readonly intervals: readonly number[];
  private readonly symbolIntervals: readonly number[];
  private readonly longer: readonly number[];
  private readonly firstTicks: Float64Array;
  /** By hours of sessions. */
  private readonly firstCuts = new Map<string, FirstCut>();
  /** A session's place is its number modulo their count. */
  private readonly frames: (Frame | null)[];

  /**
   * `intervals` in milliseconds, base first, the others multiples of it; `symbolIntervals` the length of each symbol's bars, left
   * out where all have the base's.
   */
  constructor(sessions: readonly Session[], intervals: readonly number[], symbolIntervals: readonly number[] = []) {
    this.sessions = sessions;
    this.intervals = intervals;
    this.symbolIntervals = symbolIntervals;
    this.longer = [...new Set(symbolIntervals)].filter((interval) => interval > intervals[0]!);
    this.firstTicks = new Float64Array(sessions.length + 1);
    let most = 1;
    for (let k = 0; k < sessions.length; k++) {
      const slots = slotCount(sessions[k]!, intervals[0]!);
      this.firstTicks[k + 1] = this.firstTicks[k]! + slots;
      most = Math.max(most, slots);
    }
    const kept = Math.max(fewestKept, Math.min(mostKept, Math.floor(keptBytes / (bytesPerSlot * most))));
    this.frames = new Array<Frame | null>(kept).fill(null);
  }

  /** Base slots of the whole run. */
  get ticks(): number {
    return this.firstTicks[this.sessions.length]!;
  }

  /** The most slots that any session has, by interval. */
  mostSlots(): number[] {
    return this.intervals.map((interval) =>
      this.sessions.reduce((most, session) => Math.max(most, slotCount(session, interval)), 1),
    );
  }

  /** The run-wide number of the first base slot that ends at or after a time; `ticks` when all end before it. */
  tickAt(at: number): number {
    let low = 0;
    let high = this.sessions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sessions[middle]!.close < at) low = middle + 1;
      else high = middle;
    }
    if (low === this.sessions.length) return this.ticks;
    const { ends } = this.frame(low).grids[0]!;
    return this.firstTicks[low]! + ends.findIndex((end) => end >= at);
  }

  /** The session that a run-wide slot number lies in. */
  sessionOf(tick: number): number {
    let low = 0;
    let high = this.sessions.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.firstTicks[middle]! <= tick) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Base slots of all sessions before that one. */
  firstTick(session: number): number {
    return this.firstTicks[session]!;
  }

  frame(index: number): Frame {
    const place = index % this.frames.length;
    const known = this.frames[place];
    const session = this.sessions[index];
    if (known && known.session === session) return known;
    if (!session) throw new RangeError(`session ${index} is not one of the run's ${this.sessions.length}`);
    const first = this.firstOf(session);
    const byMs = session.open - first.open;
    const { own, ...cut } = byMs === 0 ? first.cut : shiftedCut(first.cut, byMs);
    const frame: Frame = {
      ...cut,
      session,
      own: own.size === 0 ? null : this.symbolIntervals.map((interval) => own.get(interval) ?? null),
      firstTick: this.firstTicks[index]!,
      hours: first,
    };
    this.frames[place] = frame;
    return frame;
  }

  private firstOf(session: Session): FirstCut {
    const cut = (): FirstCut => ({ open: session.open, cut: cutSession(session, this.intervals, this.longer) });
    if (session.days) return cut();
    const hours = hoursOf(session);
    let first = this.firstCuts.get(hours);
    if (!first) this.firstCuts.set(hours, (first = cut()));
    return first;
  }
}
