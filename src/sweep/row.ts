import type { RunPlan } from '../session/plan.ts';
import { backtestingPy } from '../statistics/backtesting-py.ts';
import { shapeOfReturns, type ReturnsShape } from '../statistics/deflated-sharpe.ts';
import type { Definition } from '../statistics/definition.ts';
import { factsOf } from '../statistics/facts.ts';
import type { EquityCurve, Trade } from '../strategy/trade.ts';
import { zone } from '../time/zone.ts';
import type { Cell } from './sweep.ts';

/** What is told of a cell, by the names and definitions of backtesting.py. */
export const figureNames = [
  'Return [%]',
  'Sharpe Ratio',
  'Sortino Ratio',
  'Calmar Ratio',
  'Max. Drawdown [%]',
  'Volatility (Ann.) [%]',
  '# Trades',
  'Win Rate [%]',
  'Profit Factor',
  'Expectancy [%]',
  'SQN',
  'Exposure Time [%]',
  'Commissions [$]',
  'Equity Final [$]',
] as const;

export type FigureName = (typeof figureNames)[number];

export const figureDefinitions: readonly Definition[] = figureNames.map((name) =>
  backtestingPy.statistics.find((each) => each.name === name)!,
);

/** What a cell came to: a line of the table. */
export interface SweepRow extends Cell {
  /** That of its configuration played alone; null for a run that failed. */
  readonly fingerprint: string | null;
  /** Null where a figure has no value. */
  readonly figures: Readonly<Record<FigureName, number | null>>;
  /** Of the returns by period (day, week, month or year, as long as the bars need); null where there are fewer than two. */
  readonly returns: ReturnsShape | null;
  /** Why the run failed. */
  readonly error?: string;
}

/** What was played of a cell. */
export interface Outcome {
  readonly plan: RunPlan;
  readonly trades: readonly Trade[];
  readonly equity: EquityCurve;
  readonly fingerprint: string | null;
}

export function rowOf(cell: Cell, { plan, trades, equity, fingerprint }: Outcome): SweepRow {
  if (equity.value.length === 0) return { ...cell, fingerprint, figures: noFigures(), returns: null };
  const facts = factsOf({
    trades,
    equity,
    marketFrom: Math.min(plan.strategy?.warmUpBars ?? 0, equity.value.length - 1),
    sessions: plan.sessions.slice(plan.firstPlayed),
    zone: zone(plan.zone),
  });
  const figures = figureDefinitions.map((definition) => [definition.name, finite(definition.of(facts))]);
  return {
    ...cell,
    fingerprint,
    figures: Object.fromEntries(figures) as SweepRow['figures'],
    returns: facts.returns.length < 2 ? null : shapeOfReturns(facts.returns),
  };
}

export function failedRow(cell: Cell, error: string): SweepRow {
  return { ...cell, fingerprint: null, figures: noFigures(), returns: null, error };
}

function noFigures(): SweepRow['figures'] {
  return Object.fromEntries(figureNames.map((name) => [name, null])) as SweepRow['figures'];
}

function finite(value: number | string): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
