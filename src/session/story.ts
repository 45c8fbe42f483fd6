import type { SessionReport } from './report.ts';

/**
 * What happened to the data of one session, for the tables of the page: told once, when the session ends. It is derived from the
 * same journal and counts as the report and feeds nothing; the fingerprint does not cover it.
 */

/** How a gap ended. */
export type GapOutcome = 'filled' | 'repaired' | 'made up' | 'arrived late' | 'given up' | 'open';

/**
 * Why slots are taken to be missing. `feed silent`: no symbol of the feed had a bar; `alone`: others had, so the symbol was lost
 * or did not trade; `no trade`: a fill source has the slot with volume 0; `rejected`: the feed's bar was impossible; `unknown`.
 */
export type GapEvidence = 'feed silent' | 'alone' | 'no trade' | 'rejected' | 'unknown';

/** Neighbouring slots of a symbol that were missing for one reason and ended alike. Slots are base slots of the session. */
export interface GapStory {
  /** Place in the plan. */
  readonly symbol: number;
  readonly firstSlot: number;
  readonly slots: number;
  /**
   * The check that found its first slot, and what ended its last one, a check or the bar's arrival: the base slot at whose end that
   * was; -1 where there was none.
   */
  readonly foundAtSlot: number;
  readonly endedAtSlot: number;
  /** Look-ups of each slot in the fill sources. */
  readonly lookUps: number;
  readonly outcome: GapOutcome;
  /** Place of the fill source that filled it, or -1. */
  readonly source: number;
  readonly evidence: GapEvidence;
  /** Of `slots`, how many other symbols of the feed had a bar in at least one of them. */
  readonly othersAlive: number;
}

/** Base slots of a session, all symbols together; `missing` includes the made-up ones, as in the report. */
export interface SessionCounts {
  readonly expected: number;
  readonly streamed: number;
  readonly filled: number;
  readonly missing: number;
  readonly madeUp: number;
}

export interface SessionStory {
  /** Place in `plan.sessions`. */
  readonly session: number;
  /** Its way through its states, and how it was prefetched; as in the report. */
  readonly states: SessionReport['states'];
  readonly prefetch: SessionReport['prefetch'];
  readonly counts: SessionCounts;
  /** Its gaps in rows of numbers, by symbol and slot (story-rows.ts): a page takes hundreds a second, and shows few. */
  readonly gaps: Int32Array;
  /** Gaps that are not told: a story has 1,000 at most. */
  readonly moreGaps: number;
  /** What the feed's faults did, by symbol of the plan (feed-counts.ts); null where it has none. */
  readonly feed: Int32Array | null;
  /** Milliseconds of wall time between the session being staged and its open; null when the open waited for it, or it was loaded by Play. */
  readonly leadMs: number | null;
  /** Seconds of session time before the close of the session before at which this one was asked for; null when it was not. */
  readonly askedSeconds: number | null;
  /** Wall milliseconds that the coordinator waited for it. */
  readonly waitedMs: number;
  /** What failed in it, in the words of the error; null when nothing did. */
  readonly error: string | null;
}
