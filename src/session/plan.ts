import type { Adjustment } from '../bars/adjustment.ts';
import type { RecordKind } from '../bars/records.ts';
import type { Config } from '../config/schema.ts';
import type { PlanStrategy } from '../strategy/plan-strategy.ts';
import type { Session } from '../time/session.ts';

/** A symbol of the run and where its bars are. */
export interface PlanSymbol {
  readonly name: string;
  /** Id of the dataset in the store, and the symbol's place in its manifest. */
  readonly dataset: string;
  readonly symbol: number;
  /** Length of its bars in the run in milliseconds: the base interval, or a longer one. */
  readonly intervalMs: number;
  /** Length of its bars in the store; where that is shorter, the bars of the run are made from them when they are laid out. */
  readonly storedMs: number;
  /** The dataset has ticks, which its bars are made of. */
  readonly ofTicks?: true;
  /** What its bars, and those that its gaps are filled with, are adjusted by as they are laid out. */
  readonly adjustments?: readonly Adjustment[];
}

/** A stream of quotes or ticks of a symbol of the run. */
export interface PlanRecords {
  readonly kind: RecordKind;
  /** Place in `symbols`. */
  readonly symbol: number;
  /** Id of the dataset in the store, and the symbol's place in its manifest. */
  readonly dataset: string;
  readonly entry: number;
}

/** An interval that the run keeps slabs for. The first one is the base, the shortest bars of any symbol. */
export interface PlanInterval {
  readonly text: string;
  readonly ms: number;
  /** Trailing sessions kept; where the bars are of a day, trailing units of days. */
  readonly historySessions: number;
}

/**
 * A run, decided: what every worker needs to know, computed once from the configuration and the manifests and the same
 * everywhere. Plain data; it travels to the workers by structured clone.
 */
export interface RunPlan {
  readonly config: Config;
  readonly symbols: readonly PlanSymbol[];
  readonly intervals: readonly PlanInterval[];
  /**
   * Sessions in time order: first the trailing ones that only feed history, then those that are played. Where the base is bars of a
   * day, these are units of days (`Session.days`).
   */
  readonly sessions: readonly Session[];
  /** Index of the first played session. */
  readonly firstPlayed: number;
  /** Zone of the market; the default of every label. */
  readonly zone: string;
  /** By fill source, by symbol of the run: its place in that source, or null when the source does not have it. */
  readonly fillSources: readonly { readonly name: string; readonly symbols: readonly (PlanSymbol | null)[] }[];
  /** Streams of quotes and ticks: by symbol in the order of `symbols`, quotes before ticks. */
  readonly records: readonly PlanRecords[];
  /** Null in a run that trades nothing. */
  readonly strategy: PlanStrategy | null;
  /** The `data` entries of the run report. `adjustments` is the hash of those that were applied to the dataset. */
  readonly data: readonly {
    dataset: string;
    symbol: string;
    interval: string;
    bars: number;
    sha256: string;
    adjustments?: string;
  }[];
}
