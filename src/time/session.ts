import type { DayText, Instant } from './instant.ts';

/** A stretch of closed time inside a session, `[start, end)`. */
export interface Break {
  readonly start: Instant;
  readonly end: Instant;
}

/** A day's session as a slot of a unit of days. */
export interface DaySlot {
  readonly date: DayText;
  /** The start that its bar shows; a bar with a start in `[start, until)` is its bar. */
  readonly start: Instant;
  readonly until: Instant;
  readonly open: Instant;
  readonly close: Instant;
  /** Open time, without breaks. */
  readonly openMs: number;
}

/** One trading session of a calendar. It is open during `[open, close)` less its breaks. */
export interface Session {
  /** The date that the exchange gives the session, in its own zone. */
  readonly date: DayText;
  readonly open: Instant;
  readonly close: Instant;
  readonly breaks: readonly Break[];
  /** `[activeFrom, activeTo)`: the hours in which the session is active; `[open, close)` but where extended hours lie around them. */
  readonly activeFrom: Instant;
  readonly activeTo: Instant;
  /** The close is before the calendar's regular one. */
  readonly early: boolean;
  /** `[dayStart, dayEnd)`: the local day of `date`; bars in it and not in the session count as outside. */
  readonly dayStart: Instant;
  readonly dayEnd: Instant;
  /**
   * Where bars of a day are played, what rolls is a unit of days: the sessions of a calendar year that are played, each of them
   * a slot. `date` and `open` are then those of the first one, `close` and `early` those of the last.
   */
  readonly days?: readonly DaySlot[];
}
