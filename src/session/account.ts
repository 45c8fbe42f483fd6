import { fromBase64url, strangerAt, toBase64url } from '../config/base64url.ts';
import { qualityPercent } from '../bars/quality.ts';
import type { Session } from '../time/session.ts';
import { instant, isoText } from '../time/instant.ts';
import { feedCountsOf, feedFields } from './feed-counts.ts';
import type { RunPlan } from './plan.ts';
import type { RecordCounts } from './record-account.ts';
import type { FeedReport, SessionReport, SymbolReport } from './report.ts';
import type { SessionState, StateCause } from './state.ts';

/** A session came into a state. */
export interface StateChange {
  readonly state: SessionState;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly cause: StateCause;
}

/**
 * The account of a session that ended, in typed arrays: they are quick to take at the session's end, which a run at full speed
 * waits for. The report is made of them when somebody asks.
 */
export interface SessionAccount extends Pick<SessionReport, 'prefetch' | 'waitedMs'> {
  readonly session: Session;
  readonly changes: readonly StateChange[];
  /** The chain's link by slot. */
  readonly links: Int32Array;
  /** Four words: the digest of all steps. */
  readonly steps: Int32Array;
  /** By symbol: the slots of its own bars in the session. */
  readonly expected: Int32Array;
  /** By symbol; bars less those that are made up. */
  readonly bars: Int32Array;
  readonly filled: Int32Array;
  readonly madeUp: Int32Array;
  /** What the feed's faults did (feed-counts.ts); null where it has none. */
  readonly feed: Int32Array | null;
  /** Candidates that were not used. */
  readonly left: Int32Array;
  readonly lookUps: Int32Array;
  readonly outside: Int32Array;
  readonly offGrid: Int32Array;
  /** By symbol; NaN without a bar. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** `[derived interval][symbol]`. */
  readonly derivedBars: Int32Array;
  readonly derivedIncomplete: Int32Array;
  /** Quotes and ticks by symbol; null in a run without any. */
  readonly records: readonly RecordCounts[] | null;
}

export function sessionReport(
  account: SessionAccount,
  { config, symbols, intervals }: RunPlan,
  digest: string,
): SessionReport {
  const { session, feed, prefetch, waitedMs } = account;
  return {
    date: session.date,
    open: isoText(session.open),
    close: isoText(session.close),
    early: session.early,
    digest,
    steps: stepsText(account.links),
    states: statesOf(account),
    symbols: Object.fromEntries(symbols.map(({ name }, s) => [name, symbolReport(account, s)])),
    derived: Object.fromEntries(
      intervals.slice(1).map(({ text }, i) => [
        text,
        Object.fromEntries(
          symbols.map(({ name }, s) => {
            const place = i * symbols.length + s;
            return [
              name,
              { bars: account.derivedBars[place]!, incomplete: account.derivedIncomplete[place]! },
            ] as const;
          }),
        ),
      ]),
    ),
    prefetch,
    waitedMs,
    ...(feed || config.upkeep.carryLastPrice
      ? { feed: Object.fromEntries(symbols.map(({ name }, s) => [name, feedReport(account, s)])) }
      : {}),
    ...(account.records && { records: Object.fromEntries(symbols.map(({ name }, s) => [name, account.records![s]!])) }),
  };
}

/** The session's way through its states, as the report and the story tell it. */
export function statesOf({ changes }: SessionAccount): SessionReport['states'] {
  return changes.map(({ state, at, cause }) => [state, isoText(instant(at)), cause] as const);
}

/** Slots of all symbols in the session: those that the calendar expects a bar in, and those without one. */
export function sessionTotals({ expected, bars }: SessionAccount): { expected: number; missing: number } {
  const all = expected.reduce((sum, slots) => sum + slots, 0);
  return { expected: all, missing: bars.reduce((missing, count) => missing - count, all) };
}

function feedReport({ feed, madeUp, bars }: SessionAccount, s: number): FeedReport {
  return { ...feedCountsOf(feed ?? new Int32Array(bars.length * feedFields), s), madeUp: madeUp[s]! };
}

function symbolReport(account: SessionAccount, s: number): SymbolReport {
  const expected = account.expected[s]!;
  const bars = account.bars[s]!;
  const filled = account.filled[s]!;
  const price = (value: number): number | null => (Number.isNaN(value) ? null : value);
  return {
    expected,
    streamed: bars - filled,
    filled,
    missing: expected - bars,
    recoverable: filled + account.left[s]!,
    fillAttempts: account.lookUps[s]!,
    quality: qualityPercent(bars, expected),
    open: price(account.open[s]!),
    high: price(account.high[s]!),
    low: price(account.low[s]!),
    close: price(account.close[s]!),
    volume: account.volume[s]!,
    outside: account.outside[s]!,
    ...(account.offGrid[s] === 0 ? {} : { offGrid: account.offGrid[s]! }),
  };
}

/** Words as base64 of their bytes, little endian. */
function stepsText(links: Int32Array): string {
  const bytes = new Uint8Array(links.length * 4);
  const view = new DataView(bytes.buffer);
  links.forEach((link, slot) => view.setInt32(slot * 4, link, true));
  const text = toBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** The chain's links of a session's report, by slot; undefined when they are not well-formed. */
export function linksOf({ steps }: Pick<SessionReport, 'steps'>): Int32Array | undefined {
  const text = steps.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  const bytes = strangerAt(text) < 0 ? fromBase64url(text) : undefined;
  if (!bytes || bytes.length % 4 !== 0) return undefined;
  const view = new DataView(bytes.buffer);
  return Int32Array.from({ length: bytes.length / 4 }, (_, slot) => view.getInt32(slot * 4, true));
}
