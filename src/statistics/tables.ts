import { dayText } from '../time/day.ts';
import { day, hour, instant, minute } from '../time/instant.ts';
import { deepest } from './drawdowns.ts';
import type { Facts } from './facts.ts';
import type { StatedTrade } from './input.ts';

/** Trades that have something in common. */
export interface TradeGroup {
  /** What it is: a symbol, a date, a time of the day. */
  readonly key: string;
  readonly trades: number;
  /** Those whose profit is above 0. */
  readonly wins: number;
  /** Money. */
  readonly profit: number;
  readonly best: number;
  readonly worst: number;
  readonly commission: number;
  /** Money won over money lost; NaN where none was lost. */
  readonly profitFactor: number;
  /** Mean of the trades' returns, a share. */
  readonly meanReturn: number;
  /** Mean time from the entry's bar to that of the exit. */
  readonly meanDurationMs: number;
}

/** A stretch of the equity curve, with the trades that closed in it. */
export interface CurveGroup extends TradeGroup {
  /** Equity at its end. */
  readonly equity: number;
  /** Share that the equity gained from the end of the stretch before; of the first from its own first bar. */
  readonly gain: number;
  /** Deepest fall from the highest equity within it, a share, not negative. */
  readonly drawdown: number;
}

export interface Tables {
  readonly symbols: readonly TradeGroup[];
  /** By the local day on which trades closed. */
  readonly days: readonly CurveGroup[];
  readonly sessions: readonly CurveGroup[];
  /** By the half hour of the local day in which trades were entered: `09:30`; absent of bars of a day. */
  readonly timesOfDay: readonly TradeGroup[];
}

export function tablesOf(facts: Facts): Tables {
  const { trades, days, sessions, zone, equity, barMs } = facts;
  const symbols = groupsOf(trades, ({ symbol }) => symbol).values();
  const halfHour = 30 * minute;
  const wall = (at: number): number => (((at + zone.offsetAt(instant(at))) % day) + day) % day;
  const times =
    barMs >= day ? [] : groupsOf(trades, ({ entryTime }) => Math.floor(wall(entryTime) / halfHour)).values();
  const sessionOf = new Int32Array(equity.time.length);
  for (let i = 0, session = 0; i < sessionOf.length; i++) {
    while (session + 1 < sessions.length && equity.time[i]! >= sessions[session + 1]!.open) session++;
    sessionOf[i] = session;
  }
  return {
    symbols: [...symbols].map((group) => totals(String(group.key), group.trades)),
    days: curveGroups(facts, days, (number) => dayText(number)),
    sessions: sessions.length === 0 ? [] : curveGroups(facts, sessionOf, (number) => sessions[number]!.date),
    timesOfDay: [...times]
      .sort((a, b) => a.key - b.key)
      .map((group) => totals(clockText(group.key * halfHour), group.trades)),
  };
}

/** The stretches of the curve whose bars have one number, each with the trades that closed in it. */
function curveGroups(facts: Facts, numbers: Int32Array, keyOf: (number: number) => string): CurveGroup[] {
  const { equity, trades } = facts;
  const closed = groupsOf(trades, ({ exitBar }) => numbers[exitBar]!);
  const groups: CurveGroup[] = [];
  for (let from = 0, to = 0; from < numbers.length; from = to) {
    const before = from === 0 ? equity.value[0]! : equity.value[from - 1]!;
    for (to = from + 1; to < numbers.length && numbers[to] === numbers[from];) to++;
    const end = equity.value[to - 1]!;
    groups.push({
      ...totals(keyOf(numbers[from]!), closed.get(numbers[from]!)?.trades ?? []),
      equity: end,
      gain: end / before - 1,
      drawdown: deepest(equity.value, from, to, before),
    });
  }
  return groups;
}

function groupsOf<Key>(
  trades: readonly StatedTrade[],
  keyOf: (trade: StatedTrade) => Key,
): Map<Key, { key: Key; trades: StatedTrade[] }> {
  const groups = new Map<Key, { key: Key; trades: StatedTrade[] }>();
  for (const trade of trades) {
    const key = keyOf(trade);
    const group = groups.get(key);
    if (group) group.trades.push(trade);
    else groups.set(key, { key, trades: [trade] });
  }
  return groups;
}

function totals(key: string, trades: readonly StatedTrade[]): TradeGroup {
  let [wins, won, lost, commission, returns, duration] = [0, 0, 0, 0, 0, 0];
  let [best, worst] = [NaN, NaN];
  for (const { pnl, commission: paid, returnPct, entryTime, exitTime } of trades) {
    if (pnl > 0) {
      wins++;
      won += pnl;
    } else lost -= pnl;
    if (!(pnl <= best)) best = pnl;
    if (!(pnl >= worst)) worst = pnl;
    commission += paid;
    returns += returnPct;
    duration += exitTime - entryTime;
  }
  const count = trades.length;
  return {
    key,
    trades: count,
    wins,
    profit: won - lost,
    best,
    worst,
    commission,
    profitFactor: lost > 0 ? won / lost : NaN,
    meanReturn: returns / count,
    meanDurationMs: duration / count,
  };
}

function clockText(ms: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(ms / hour))}:${two((ms % hour) / minute)}`;
}
