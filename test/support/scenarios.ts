import { readFileSync } from 'node:fs';
import { sharedData } from './shared-data.ts';

/** An order of a scenario, as its file has it. */
interface ScenarioOrder {
  readonly bar: number;
  readonly op: 'buy' | 'sell' | 'close' | 'closeone';
  readonly size?: number;
  readonly limit?: number;
  readonly stop?: number;
  readonly sl?: number;
  readonly tp?: number;
  readonly portion?: number;
}

/** A run of backtesting.py 0.6.6: what went in and what came out. */
export interface Scenario {
  readonly id: number;
  /** Open, high, low, close of days from 2024-01-01 on. */
  readonly bars: readonly (readonly [number, number, number, number])[];
  readonly cfg: {
    readonly cash: number;
    readonly spread: number;
    readonly commission: number | readonly [number, number];
    readonly margin: number;
    readonly trade_on_close: boolean;
    readonly hedging: boolean;
    readonly exclusive_orders: boolean;
    readonly finalize_trades: boolean;
  };
  readonly orders: readonly ScenarioOrder[];
  readonly rejectedAtBars: readonly number[];
  /** Size, EntryBar, ExitBar, EntryPrice, ExitPrice, SL, TP, PnL, Commission, ReturnPct. */
  readonly trades: readonly (readonly (number | null)[])[];
  readonly open: readonly (readonly number[])[];
  readonly equity: readonly number[];
  readonly stats: Readonly<Record<string, number | string | null>>;
  readonly cancelled: number;
  readonly ambiguousWarnings: number;
}

export function scenarios(): Scenario[] {
  const file = JSON.parse(readFileSync(sharedData('parity/scenarios.json'), 'utf8')) as { scenarios: Scenario[] };
  return file.scenarios;
}

/** The configuration that plays a scenario. */
export function configOf({ cfg, orders }: Scenario, fills: 'parity' | 'honest') {
  const { commission } = cfg;
  return {
    session: { calendar: '24/7' as const },
    strategy: {
      name: 'scripted',
      params: {
        orders: orders.map(({ op, ...order }) => ({ ...order, op: op === 'closeone' ? ('closeOne' as const) : op })),
      },
    },
    broker: {
      fills,
      cash: cfg.cash,
      spread: cfg.spread,
      commission:
        typeof commission === 'number'
          ? commission
          : { fixed: commission[0], rate: commission[1], perShare: 0, minimum: 0 },
      margin: cfg.margin,
      tradeOnClose: cfg.trade_on_close,
      hedging: cfg.hedging,
      exclusiveOrders: cfg.exclusive_orders,
      finalizeTrades: cfg.finalize_trades,
    },
  };
}

/** The bars of a scenario as a CSV file. */
export function csvOf({ bars }: Scenario): string {
  const start = Date.UTC(2024, 0, 1);
  const rows = bars.map((prices, i) => [new Date(start + i * 86_400_000).toISOString().slice(0, 10), ...prices].join());
  return ['date,open,high,low,close', ...rows, ''].join('\n');
}
