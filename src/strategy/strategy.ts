import type { OrderEvent } from './broker/book.ts';
import type { Desk } from './desk.ts';
import type { HandOrder } from './hand-order.ts';
import type { ScriptLine } from './script.ts';
import type { Trade } from './trade.ts';

/**
 * What runs on the tape. Its hooks are called in the order below, each after the broker has filled what the bars of the instant fill;
 * all are optional, and may keep state: a run that goes back is played again from its start. Nothing that a hook can reach lies
 * past the clock. What a hook throws ends the session with an error.
 *
 * Before the first session the bars of the trailing history go by: `sessionOpen`, `bar` and `sessionClose` are called for them as for
 * others, so that what a strategy computes from bars is warm when the run begins. Orders that are given meanwhile, and before a symbol
 * had `warmUpBars` bars, come to nothing.
 */
export interface Strategy {
  /** Takes orders by hand; left out of a strategy that takes none. */
  readonly hand?: HandScript;
  /** Bars of a symbol before its indicators have their first values; 0 where it is left out. */
  readonly warmUpBars?: number;
  /** Once, before everything. */
  start?(desk: Desk): void;
  sessionOpen?(desk: Desk): void;
  /** An order went: filled, cancelled, or refused when it was given. */
  order?(desk: Desk, event: OrderEvent): void;
  /** A trade closed, or a part of one. */
  trade?(desk: Desk, trade: Trade): void;
  /** A bar came for a slot that has passed: the desk is turned to it. Indicators that go on bar by bar have gone past it. */
  lateBar?(desk: Desk, symbol: number): void;
  /** A bar of a symbol has ended: the desk is turned to it. Symbols in the order of the run. */
  bar?(desk: Desk, symbol: number): void;
  /** Once an instant, after all bars: at the end of every base slot of the session, with a bar or without. */
  instant?(desk: Desk): void;
  sessionClose?(desk: Desk): void;
  /** Once, after the last session. */
  end?(desk: Desk): void;
}

/** A strategy whose orders its user gives while the tape stands or plays, and that are kept as a script. */
export interface HandScript {
  /** All of them, in their order. */
  readonly orders: readonly ScriptLine[];
  /** How many wait for their bars. */
  readonly ahead: number;
  /**
   * Takes an order: now, after the last bar that was played, or at the next moment there is, which is the open of a session. What the
   * script has after that is dropped. Returns why it is refused, in a sentence; null where it is not.
   */
  take(desk: Desk, order: HandOrder, isNow: boolean): string | null;
}
