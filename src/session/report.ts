import { fillRate, qualityPercent } from '../bars/quality.ts';
import type { Config } from '../config/schema.ts';
import type { FeedCounts } from './feed-counts.ts';
import type { Intervention } from './intervention.ts';
import type { RunPlan } from './plan.ts';
import type { RecordCounts } from './record-account.ts';
import type { ResultsReport } from './results-report.ts';
import type { SessionState } from './state.ts';
import type { TradingReport } from './trading-report.ts';

/** The version that reports carry; the package's own. */
export const appVersion = '0.1.0';

/** A symbol in one session; prices are null when it had no bar. Counts are base slots. */
export interface SymbolReport {
  readonly expected: number;
  readonly streamed: number;
  readonly filled: number;
  readonly missing: number;
  /** Slots that were not streamed and that a fill source holds. */
  readonly recoverable: number;
  /** Look-ups of a missing slot in the fill sources. */
  readonly fillAttempts: number;
  /** Percent. */
  readonly quality: number;
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  readonly close: number | null;
  readonly volume: number;
  /** Bars of that day outside the session. */
  readonly outside: number;
  /** Bars that start within the session and in no slot's place: they are not played. Absent where there are none. */
  readonly offGrid?: number;
}

/** What the feed's faults did to a symbol's bars in one session, and how many slots have a made-up bar. */
export interface FeedReport extends FeedCounts {
  readonly madeUp: number;
}

export interface SessionReport {
  readonly date: string;
  readonly open: string;
  readonly close: string;
  readonly early: boolean;
  readonly digest: string;
  /** The chain's 32-bit link by base slot, little endian, in base64: where two runs differ, the first differing link says. */
  readonly steps: string;
  readonly states: readonly (readonly [SessionState, string, string])[];
  readonly symbols: Readonly<Record<string, SymbolReport>>;
  readonly derived: Readonly<Record<string, Readonly<Record<string, { bars: number; incomplete: number }>>>>;
  /** By symbol; only where the feed has faults or gaps carry the last price. */
  readonly feed?: Readonly<Record<string, FeedReport>>;
  /** Quotes and ticks delivered, by symbol; absent in a run without any. */
  readonly records?: Readonly<Record<string, RecordCounts>>;
  readonly prefetch: 'hit' | 'miss' | 'off';
  /** Wall milliseconds that the coordinator waited for the session to be staged. */
  readonly waitedMs: number;
}

/** How often an operation of the page was done and how long it took, by the wall clock. */
export interface Operation {
  readonly name: string;
  readonly count: number;
  readonly aMinute: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

/** What a strategy came to: empty in a run without one. */
export type Results = TradingReport & ResultsReport;

/** What tells the bars of a `data` entry from others: their hash, and that of what they were adjusted by. */
export function hashWords({ sha256, adjustments }: RunPlan['data'][number]): string {
  return adjustments === undefined ? sha256 : `${sha256} with the adjustments ${adjustments}`;
}

/** The run report of the contract. */
export interface RunReport extends Results {
  readonly app: { readonly name: 'tapedeck'; readonly version: string };
  readonly config: Config;
  readonly data: RunPlan['data'];
  /** Null while no session has ended. */
  readonly fingerprint: string | null;
  readonly sessions: readonly SessionReport[];
  readonly totals: {
    readonly sessions: number;
    readonly expected: number;
    readonly streamed: number;
    readonly filled: number;
    readonly missing: number;
    readonly recoverable: number;
    readonly fillRate: number;
    readonly quality: number;
    readonly prefetchHitRate: number;
    readonly waitedMs: number;
  };
  /** What the user did to the run while it went; only where there is something. */
  readonly interventions?: readonly Intervention[];
  /**
   * What the page that saved the report did in its visit. It is no part of the result: `runReport` knows nothing of it, no comparison and
   * no fingerprint reads it, and reports of the terminal have none.
   */
  readonly operations?: readonly Operation[];
}

/** A report without what a strategy came to, which takes long to work out. */
export type RunOutline = Omit<RunReport, keyof Results>;

/** The report of the sessions that have ended. A hit rate of 1 is given when nothing was to be prefetched. */
export function runReport(
  plan: RunPlan,
  sessions: readonly SessionReport[],
  fingerprint: string | null,
  interventions: readonly Intervention[] = [],
  results: Results | null = null,
): RunReport {
  const sum = (field: 'expected' | 'streamed' | 'filled' | 'missing' | 'recoverable'): number =>
    sessions.reduce(
      (total, { symbols }) => total + Object.values(symbols).reduce((part, symbol) => part + symbol[field], 0),
      0,
    );
  const [expected, streamed, filled] = [sum('expected'), sum('streamed'), sum('filled')];
  const recoverable = sum('recoverable');
  const tried = sessions.filter(({ prefetch }) => prefetch !== 'off').length;
  const hits = sessions.filter(({ prefetch }) => prefetch === 'hit').length;
  return {
    app: { name: 'tapedeck', version: appVersion },
    config: plan.config,
    data: plan.data,
    fingerprint,
    sessions: [...sessions],
    totals: {
      sessions: sessions.length,
      expected,
      streamed,
      filled,
      missing: sum('missing'),
      recoverable,
      fillRate: fillRate(filled, recoverable),
      quality: qualityPercent(streamed + filled, expected),
      prefetchHitRate: tried === 0 ? 1 : hits / tried,
      waitedMs: sessions.reduce((total, { waitedMs }) => total + waitedMs, 0),
    },
    ...(interventions.length === 0 ? {} : { interventions: [...interventions] }),
    ...(results ?? { trades: [], equity: [], statistics: {}, honesty: {} }),
  };
}
