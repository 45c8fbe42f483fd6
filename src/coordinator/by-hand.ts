import type { RunPlan } from '../session/plan.ts';
import { withOrders } from '../session/with-orders.ts';
import type { Ledger } from '../session/ledger.ts';
import { refusedTold, type RefusedTold } from '../strategy/book-piece.ts';
import type { Engine } from '../strategy/engine.ts';
import { handOrderOf } from '../strategy/hand-order.ts';
import type { ScriptLine } from '../strategy/script.ts';
import type { AccountDisplay } from './account-display.ts';

/**
 * The script of a run that is traded by hand, as it has become, and why the last order did not become part of it; null where it did.
 * `turnedDown`: what did, and the broker refused at once.
 */
export interface Script {
  readonly orders: readonly ScriptLine[];
  readonly refusal: string | null;
  readonly turnedDown: readonly RefusedTold[];
}

/** Where a run is between two instants: a session plays of which so many base slots are played, one is ahead, or none is. */
export type Moment = { readonly slots: number } | 'between sessions' | 'over';

/**
 * Orders by hand. One counts after the last bar that was played, as if the strategy had given it there: what it changes belongs to the
 * step of that bar's slot, so a script that gives it at the same place makes the same run. Between sessions it waits for the open.
 */
export class ByHand {
  private readonly plan: RunPlan;
  private readonly engine: Engine | null;
  private readonly ledger: Ledger;
  private readonly account: AccountDisplay | null;
  /** What was planned, until an order is given by hand. */
  private now: RunPlan;

  constructor(plan: RunPlan, engine: Engine | null, ledger: Ledger, account: AccountDisplay | null) {
    this.plan = this.now = plan;
    this.engine = engine;
    this.ledger = ledger;
    this.account = account;
  }

  /** The plan, with the orders that were given by hand. */
  get planNow(): RunPlan {
    return this.now;
  }

  take(argument: number, terms: readonly number[], moment: Moment): Script {
    const { engine } = this;
    const last = engine?.book.refused.at(-1);
    const refusal = this.refusal(argument, terms, moment);
    const orders = engine?.hand?.orders ?? [];
    if (refusal === null) this.now = withOrders(this.plan, orders);
    const { refused = [] } = engine?.book ?? {};
    const turnedDown = refused.slice(last ? refused.indexOf(last) + 1 : 0).map(refusedTold);
    if (refusal === null && turnedDown.length === 0) engine?.book.letGoOfRefused(Infinity);
    this.account?.settle();
    return { orders, refusal, turnedDown };
  }

  private refusal(argument: number, terms: readonly number[], moment: Moment): string | null {
    const { engine, ledger } = this;
    if (!engine) return 'The run has no strategy that takes orders by hand';
    if (moment === 'over') return 'The run is over: it takes no orders any more';
    const isNow = moment !== 'between sessions';
    const refusal = engine.byHand(handOrderOf(argument, terms), isNow);
    // Ahead of the first slot it is taken in with that.
    if (isNow && moment.slots > 0) ledger.traded(moment.slots - 1, engine.book.happened);
    return refusal;
  }
}
