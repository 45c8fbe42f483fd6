import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { digestOf, keepMarket, marketBars, marketPlan, marketSymbols } from './market.ts';
import { secondsOf, type Measure } from './measure.ts';
import { SmaCross } from './sma-cross.ts';

/** What every replay of the market must come to, found by the terminal's loops in Node. */
export interface Reference {
  /** Of the columns of all symbols. */
  readonly digest: string;
  readonly bars: number;
  readonly fingerprint: string;
  /** Bars played, history not counted: streamed and filled ones. */
  readonly played: number;
  readonly filled: number;
  readonly crossings: number;
}

/** Plays the market in one thread. */
export async function playReference(): Promise<{ reference: Reference; measures: Measure[] }> {
  const store = new MemoryStore();
  const bars = marketBars();
  const digest = digestOf(bars.symbols.map(({ columns }) => columns));
  await keepMarket(bars, store);
  const plan = marketPlan(await store.list());
  const strategy = new SmaCross(marketSymbols);
  let report!: Awaited<ReturnType<typeof playToEnd>>;
  const seconds = await secondsOf(async () => (report = await playToEnd(plan, store, undefined, strategy)));
  const { streamed, filled, recoverable } = report.totals;
  if (recoverable !== filled || filled === 0)
    throw new Error(`upkeep filled ${filled} of ${recoverable} bars; it must fill all of them, and there must be some`);
  return {
    reference: {
      digest,
      bars: bars.bars,
      fingerprint: report.fingerprint!,
      played: streamed + filled,
      filled,
      crossings: strategy.crossings,
    },
    measures: [
      { name: 'replay in Node, one thread, SMA cross', value: (streamed + filled) / 1e6 / seconds, unit: 'M bars/s' },
    ],
  };
}
