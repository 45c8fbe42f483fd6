import type { DayText, Instant } from './instant.ts';

/** A stretch of closed time inside a session, `[start, end)`. */
export interface Break {
  readonly start: Instant;
  readonly end: Instant;
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
}
