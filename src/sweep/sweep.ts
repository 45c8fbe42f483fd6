import type { Config } from '../config/schema.ts';
import type { Json, JsonObject } from '../config/kinds.ts';
import type { RunPlan } from '../session/plan.ts';
import type { OwnDefinition, Params } from '../strategy/definition.ts';
import { planStrategy, type PlannedStrategy } from '../strategy/plan-strategy.ts';
import type { Axis } from './combinations.ts';
import type { Sample, SweepSpec, WalkForward } from './spec.ts';
import type { Span, Window } from './windows.ts';

/** A sweep, decided: which configurations are tried, in a fixed order. Plain data; it travels to workers by structured clone. */
export interface Sweep {
  /** A hash over all that its table hangs on: settings, ranges, the bars and the engine's version. */
  readonly id: string;
  readonly config: Config;
  readonly given: ReadonlySet<string>;
  readonly axes: readonly Axis[];
  readonly random: Sample | null;
  readonly walkForward: WalkForward | null;
  readonly combinations: readonly Params[];
  /** Combinations that the strategy does not take. */
  readonly leftOut: number;
  /** Empty where every cell plays all sessions. */
  readonly windows: readonly Window[];
  readonly data: RunPlan['data'];
  /** The sessions that are played; sweeps that older versions kept do not have it. */
  readonly played?: Span & { readonly sessions: number };
}

/** Which part of a window a cell plays. */
export type Part = 'in' | 'out';

/** One configuration of a sweep. */
export interface Cell {
  /** Its number, from 1. */
  readonly cell: number;
  /** Values of the swept parameters. */
  readonly params: Params;
  /** Number of its window, from 1, and the part of it that it plays; null where there are none. */
  readonly window: number | null;
  readonly part: Part | null;
}

export function cellCount({ combinations, windows }: Sweep): number {
  return combinations.length * (windows.length === 0 ? 1 : 2 * windows.length);
}

/** The cell of a number from 1: window after window, in each first all in sample, then all out of sample. */
export function cellOf(sweep: Sweep, cell: number): Cell {
  const { combinations, windows } = sweep;
  const count = cellCount(sweep);
  if (!(Number.isInteger(cell) && cell >= 1 && cell <= count))
    throw new RangeError(`The number of a cell was ${cell}; it must be from 1 to ${count}`);
  const round = Math.floor((cell - 1) / combinations.length);
  const params = combinations[(cell - 1) % combinations.length]!;
  if (windows.length === 0) return { cell, params, window: null, part: null };
  return { cell, params, window: Math.floor(round / 2) + 1, part: round % 2 === 0 ? 'in' : 'out' };
}

/** The dates that a cell plays; null where it plays what the configuration says. */
export function spanOf(
  { windows }: Pick<Sweep, 'windows'>,
  { window, part }: Pick<Cell, 'window' | 'part'>,
): Span | null {
  return window === null || part === null ? null : windows[window - 1]![part];
}

/** The configuration of a cell: whoever plays it alone gets what the cell got. */
export function configOf(sweep: Sweep, cell: Cell): Config {
  const { config } = sweep;
  const span = spanOf(sweep, cell);
  return {
    ...withParams(config, cell.params),
    ...(span && { data: { ...config.data, from: span.from, to: span.to } }),
  };
}

export function withParams(config: Config, params: Params): Config {
  const { strategy } = config;
  if (!strategy) throw new Error('a sweep has a strategy');
  return { ...config, strategy: { ...strategy, params: { ...strategy.params, ...(params as JsonObject) } } };
}

/** The strategy of a cell, decided: plain data, for whoever plays it has the text of no code. */
export function strategyOfCell(sweep: Sweep, cell: number, own: readonly OwnDefinition[]): PlannedStrategy {
  return planStrategy(configOf(sweep, cellOf(sweep, cell)).strategy!, own);
}

/** The sweep as it is planned anew, for example to see whether the bars are still those. */
export function specOf({ config, given, axes, random, walkForward }: Sweep): SweepSpec {
  const params = Object.fromEntries(axes.map(({ param, values }) => [param, values as readonly Json[]]));
  return { config, given, params, random, walkForward };
}
