import { intervalsOf, type Interval } from '../statistics/bootstrap.ts';
import type { SetName } from '../statistics/definition.ts';
import type { Drawdown } from '../statistics/drawdowns.ts';
import { factsOf } from '../statistics/facts.ts';
import { statisticsOf, type FigureSet } from '../statistics/statistics.ts';
import type { CurveGroup, Tables, TradeGroup } from '../statistics/tables.ts';
import type { HonestyCheck } from '../strategy/honesty/check.ts';
import { honestyOf } from '../strategy/honesty/honesty.ts';
import type { EquityCurve, Trade } from '../strategy/trade.ts';
import { instant, isoText, second } from '../time/instant.ts';
import { zone } from '../time/zone.ts';
import type { RunPlan } from './plan.ts';
import type { SessionReport } from './report.ts';

/** Of each run the same draws, so that its intervals are the same whenever its report is made. */
const seed = 1;

export interface DrawdownReport {
  readonly from: string;
  readonly trough: string;
  /** When the peak was reached again; null for one that goes on. */
  readonly to: string | null;
  /** Share of the peak. */
  readonly depth: number;
  readonly money: number;
  /** From the peak to its being reached again, or to the last bar. */
  readonly seconds: number;
}

/** Numbers that have no value are null. */
type Told<Group> = { readonly [Key in keyof Group]: Group[Key] extends number ? number | null : Group[Key] };

export interface TablesReport {
  readonly symbols: readonly Told<TradeGroup>[];
  readonly days: readonly Told<CurveGroup>[];
  readonly sessions: readonly Told<CurveGroup>[];
  readonly timesOfDay: readonly Told<TradeGroup>[];
}

/** The figures by set, and what they do not tell by themselves. */
export type StatisticsReport = Readonly<Record<SetName, FigureSet>> & {
  /** In the order of time. */
  readonly drawdowns: readonly DrawdownReport[];
  /** 95 % intervals of the main ratios, drawn with the same seed for every run. */
  readonly intervals: readonly Told<Interval>[];
  readonly tables: TablesReport;
};

/** By the id of the check. */
export type HonestyReport = Readonly<Record<string, Omit<HonestyCheck, 'id'>>>;

export interface ResultsReport {
  /** Empty for a run without a strategy, or without a bar yet. */
  readonly statistics: StatisticsReport | Readonly<Record<string, never>>;
  readonly honesty: HonestyReport;
}

/** What a run's trades and equity come to. `strategy` says how many parameters it has, and after how many bars it could act. */
export function resultsReport(
  plan: RunPlan,
  sessions: readonly SessionReport[],
  { trades, equity }: { readonly trades: readonly Trade[]; readonly equity: EquityCurve },
  strategy: { readonly parameters: number; readonly warmUpBars: number },
): ResultsReport {
  if (equity.value.length === 0) return { statistics: {}, honesty: {} };
  const played = plan.sessions.slice(plan.firstPlayed);
  const facts = factsOf({
    trades,
    equity,
    marketFrom: Math.min(strategy.warmUpBars, equity.value.length - 1),
    sessions: played,
    zone: zone(plan.zone),
  });
  const { sets, drawdowns, tables } = statisticsOf(facts);
  const checks = honestyOf({
    trades,
    sessions: sessions.map(({ symbols }, i) => ({
      open: played[i]!.open,
      quality: Object.fromEntries(Object.entries(symbols).map(([name, { quality }]) => [name, quality])),
    })),
    parameters: strategy.parameters,
  });
  return {
    statistics: {
      ...sets,
      drawdowns: drawdowns.map((drawdown) => drawdownReport(drawdown, equity)),
      intervals: intervalsOf(facts, seed).map(told),
      tables: tablesReport(tables),
    },
    honesty: Object.fromEntries(checks.map(({ id, ...check }) => [id, check])),
  };
}

function drawdownReport(
  { peak, trough, end, recovered, depth, money, durationMs }: Drawdown,
  { time }: EquityCurve,
): DrawdownReport {
  const at = (place: number): string => isoText(instant(time[place]!));
  return {
    from: at(peak),
    trough: at(trough),
    to: recovered ? at(end) : null,
    depth,
    money,
    seconds: durationMs / second,
  };
}

function tablesReport({ symbols, days, sessions, timesOfDay }: Tables): TablesReport {
  return {
    symbols: symbols.map(told),
    days: days.map(told),
    sessions: sessions.map(told),
    timesOfDay: timesOfDay.map(told),
  };
}

function told<Group extends object>(group: Group): Told<Group> {
  const fields = Object.entries(group).map(([key, value]) => [
    key,
    typeof value === 'number' && !Number.isFinite(value) ? null : value,
  ]);
  return Object.fromEntries(fields) as Told<Group>;
}
