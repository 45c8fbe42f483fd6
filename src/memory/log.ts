import type { Instant } from '../time/instant.ts';

/** What the loops report while they play. The meaning of `a` and `b` is beside each code. */
export const LogCode = {
  /** The session entered the state a. symbol is -1; b is the cause. */
  state: 0,
  /** Upkeep found a missing slots of the symbol, the first at base slot b. */
  missing: 1,
  /** Upkeep filled base slot a of the symbol from fill source b. */
  filled: 2,
  /** Upkeep gave base slot b of the symbol up after a look-ups. */
  gaveUp: 3,
  /** The session ended: quality of all symbols in 1/1000 percent is a, missing bars is b. */
  sessionEnd: 4,
  /** The session was ready at its open. */
  prefetchHit: 5,
  /** The coordinator waited a microseconds for the session to be staged. */
  prefetchMiss: 6,
  /** History of a sessions and b bars is in place. */
  history: 7,
  /** a bars of the symbol start inside the session and in no slot's place; they are not played. */
  offGrid: 10,
  /** Upkeep asked for the next session, a seconds before the close. */
  askedNext: 9,
  /** A setting stopped the run until the user goes on; a: 0 autoRoll, 1 autoActivate; 2 autoLoad left the history out. */
  waits: 8,
  /** a bars of the symbol arrived late, the first of them that of base slot b. */
  late: 11,
  /** a bars of the symbol arrived when their slots had another bar already, the first of them that of base slot b. */
  stale: 12,
  /** The bar of base slot a of the symbol arrived twice. */
  duplicate: 13,
  /** The bar of base slot a of the symbol was rejected; b is the place of the reason in `priceFaults`. */
  rejected: 14,
  /** Nothing arrives from base slot a on, of the symbol or, where it is -1, of any; b is how many slots long. */
  outageBegan: 15,
  /** Bars arrive again from base slot a on. */
  outageEnded: 16,
  /** The bars of a trailing session, place a in the plan, cannot be read. */
  unreadable: 18,
  /** Base slot a of the symbol got a made-up bar of the last price. */
  madeUp: 17,
} as const;

/** Which loop a record comes from. */
export const LogLoop = { coordinator: 0, upkeep: 1 } as const;

export interface LogRecord {
  /** 1, 2, 3 … without holes; a jump means that records were overwritten before they were read. */
  readonly sequence: number;
  readonly at: Instant;
  readonly loop: number;
  readonly code: number;
  /** Place of the symbol in the plan, or -1. */
  readonly symbol: number;
  readonly a: number;
  readonly b: number;
}
