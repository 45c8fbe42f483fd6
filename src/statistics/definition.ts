import type { Facts } from './facts.ts';

/** What a figure is in; `share` is 1 for all of it, `percent` 100. */
export type Unit = 'percent' | 'share' | 'ratio' | 'money' | 'seconds' | 'count' | 'time';

/** Of what a figure needs much to mean anything: time, as it is scaled to a year, or closed trades. */
export type Basis = 'year' | 'trades';

/** One statistic, with what it is made of at hand. */
export interface Definition {
  readonly name: string;
  readonly unit: Unit;
  /** Left out where little is enough, as it says what was and no more. */
  readonly basis?: Basis;
  /** As one would write it down; the symbols are those of the set's `symbols`. */
  readonly formula: string;
  /** What it takes for granted, where that is not plain from the formula. */
  readonly assumes?: string;
  /** A text for what is `time`; NaN or an infinity where it has no value. */
  readonly of: (facts: Facts) => number | string;
}

export type SetName = 'backtesting.py' | 'empyrical' | 'quantstats' | 'LEAN' | '365-day';

/** The statistics of one library or convention, by its own names. */
export interface DefinitionSet {
  readonly name: SetName;
  /** Whose definitions they are, and what all of them share. */
  readonly about: string;
  /** What the letters in the formulas stand for. */
  readonly symbols: string;
  readonly statistics: readonly Definition[];
}
