import type { Instant } from '../time/instant.ts';
import type { LogRecord } from './log.ts';

/** What the studio wants to see of a run. */
export interface PictureRequest {
  /** Place of the charted symbol in the plan. */
  readonly symbol: number;
  /** Place of the charted interval in the plan; 0 is the base. */
  readonly interval: number;
  /** The log records after this sequence number. */
  readonly logAfter: number;
}

/** Bars for the chart, oldest first: trailing history, then the current session up to the clock. Missing slots are absent. */
export interface PictureBars {
  readonly symbol: number;
  readonly interval: number;
  readonly count: number;
  /** Place in `plan.sessions` of the bar's session. */
  readonly session: Int32Array;
  /** Slot of the bar in its session's grid of this interval. */
  readonly slot: Int32Array;
  readonly start: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly provenance: Uint8Array;
}

/** One consistent look at a run: made on an animation frame, from the block or by the single-mode worker. Arrays are by symbol. */
export interface Picture {
  readonly runState: 'ready' | 'playing' | 'paused' | 'finished' | 'failed';
  /** The last instant played. */
  readonly clock: Instant;
  /** The next instant to play and the wall time (epoch ms) it is due at; NaN while not paced. For a clock that moves between bars. */
  readonly nextInstant: Instant;
  readonly nextDueWall: number;
  /** Multiple of real time; Infinity is "max". */
  readonly speed: number;
  /** Place in `plan.sessions`. */
  readonly session: number;
  /** Place in `sessionStates`. */
  readonly sessionState: number;
  /** Base slots of this session whose end the clock has reached: the bars expected so far, per symbol. */
  readonly slots: number;
  readonly streamed: Int32Array;
  readonly filled: Int32Array;
  /** First, highest, lowest and last price and volume of the session so far; NaN before the first bar. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly last: Float64Array;
  readonly volume: Float64Array;
  /** Provenance of base slot i of symbol s at `[i * symbols + s]`, for slots below `slots`. */
  readonly states: Uint8Array;
  readonly bars: PictureBars;
  readonly upkeep: {
    readonly ticks: number;
    /** Base slots that upkeep is ahead of the clock. */
    readonly aheadSlots: number;
    readonly fills: number;
    readonly attempts: number;
    /** Missing slots of this session that are still being retried, and those given up. */
    readonly open: number;
    readonly givenUp: number;
  };
  readonly prefetch: {
    /** Sessions staged ahead of the current one. */
    readonly ahead: number;
    readonly hits: number;
    readonly misses: number;
    readonly waitedMs: number;
  };
  /** Sessions that ended so far, oldest first: quality in percent (all symbols), by place from `firstPlayed`. */
  readonly sessionQuality: Float64Array;
  readonly log: readonly LogRecord[];
}
