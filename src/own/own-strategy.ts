import type { OrderEvent } from '../strategy/broker/book.ts';
import type { Desk } from '../strategy/desk.ts';
import type { OwnScript } from '../strategy/own-script.ts';
import type { PlanStrategy } from '../strategy/plan-strategy.ts';
import type { Params } from '../strategy/definition.ts';
import type { Strategy } from '../strategy/strategy.ts';
import type { Trade } from '../strategy/trade.ts';
import { faultWords } from './code-fault.ts';
import type { Guards, HookWatch } from './hook-watch.ts';
import type { HookName } from './hooks.ts';
import { indicators } from './indicators.ts';
import { OwnDesk } from './own-desk.ts';
import { Runaway } from './runaway.ts';
import { placeOf } from './script.ts';

/** What the script of own code is: called once it makes its hooks. */
export type OwnFactory = (
  kit: Guards & { readonly params: Params },
  given: typeof indicators,
) => { readonly [name in HookName]?: (...given: readonly unknown[]) => void };

/** What own code needs of the plan of its run. */
export interface OwnPlan {
  readonly strategy: PlanStrategy | null;
  readonly intervals: readonly { readonly text: string }[];
}

/** An error of own code, with its place in the text. */
export class OwnError extends Error {
  constructor(hook: HookName, thrown: unknown, script: OwnScript) {
    const isError = thrown instanceof Error;
    const words = isError ? `${thrown.name}: ${thrown.message}` : `threw ${String(thrown)}`;
    const place = isError && typeof thrown.stack === 'string' ? placeOf(thrown.stack, script) : undefined;
    super(place ? faultWords({ ...place, message: `${words} (in ${hook})` }) : `${words} (in ${hook})`, {
      cause: thrown,
    });
    this.name = 'OwnError';
  }
}

/**
 * A strategy whose hooks are own code. None of the text runs before the run begins. It sees a desk of its own and copies: nothing that
 * it is given leads to the engine or to what is ahead of the clock.
 */
export class OwnStrategy implements Strategy {
  readonly warmUpBars: number;
  private readonly make: OwnFactory;
  private readonly params: Params;
  private readonly script: OwnScript;
  private readonly intervals: readonly string[];
  private readonly watch: HookWatch;
  private hooks: ReturnType<OwnFactory> = {};
  private own!: OwnDesk;

  constructor(make: OwnFactory, { strategy, intervals }: OwnPlan, watch: HookWatch) {
    if (!strategy?.own) throw new Error('The run has no own code');
    this.make = make;
    this.params = Object.freeze({ ...strategy.params });
    this.warmUpBars = strategy.warmUpBars;
    this.script = strategy.own;
    this.intervals = intervals.map(({ text }) => text);
    this.watch = watch;
  }

  start(desk: Desk): void {
    this.own = new OwnDesk(desk, this.intervals);
    const { check, at } = this.watch;
    this.call('start', () => {
      this.hooks = this.make(Object.freeze({ check, at, params: this.params }), indicators);
      const { start } = this.hooks;
      start?.(this.own);
    });
  }

  sessionOpen(): void {
    this.tell('sessionOpen');
  }

  order(_: Desk, event: OrderEvent): void {
    if (this.hooks.order) this.tell('order', Object.freeze({ ...event }));
  }

  trade(_: Desk, trade: Trade): void {
    if (!this.hooks.trade) return;
    this.tell('trade', ownCopy(trade));
  }

  lateBar(_: Desk, symbol: number): void {
    this.tell('lateBar', symbol);
  }

  bar(_: Desk, symbol: number): void {
    this.tell('bar', symbol);
  }

  instant(): void {
    this.tell('instant');
  }

  sessionClose(): void {
    this.tell('sessionClose');
  }

  end(): void {
    this.tell('end');
  }

  private tell(name: HookName, given?: unknown): void {
    const hook = this.hooks[name];
    if (hook) this.call(name, hook, given);
  }

  private call(name: HookName, hook: (desk: OwnDesk, given?: unknown) => void, given?: unknown): void {
    this.watch.enter();
    try {
      hook(this.own, given);
    } catch (thrown) {
      throw thrown instanceof Runaway ? thrown : new OwnError(name, thrown, this.script);
    } finally {
      this.watch.leave();
    }
  }
}

/** A closed trade as own code sees it. */
function ownCopy(trade: Trade): object {
  const { symbol, size, entryBar, exitBar, entryTime, exitTime, entryPrice, exitPrice, sl, tp, pnl } = trade;
  const { commission, returnPct } = trade;
  const bars = { entryBar, exitBar, entryTime, exitTime };
  return Object.freeze({ symbol, size, ...bars, entryPrice, exitPrice, sl, tp, pnl, commission, returnPct });
}
