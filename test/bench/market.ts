import type { BarColumns } from '../../src/bars/columns.ts';
import type { IntakeResult } from '../../src/intake/result.ts';
import { wholeBars, type WholeBars } from '../../src/intake/series.ts';
import { keepDataset } from '../../src/library/keep.ts';
import type { Manifest } from '../../src/library/manifest.ts';
import type { BarStore } from '../../src/library/store.ts';
import { Mix, hexWords } from '../../src/session/mix.ts';
import { planRun } from '../../src/session/plan-run.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { minute } from '../../src/time/instant.ts';
import { configWith, randomWalk } from '../support/synthetic.ts';

/** The tape of the replays: 100 symbols, 255 sessions of one-minute bars, of which the first five are history. */
export const marketName = 'market';
export const marketSymbols = 100;
const marketHistory = 5;
const firstSession = '2022-01-03';
const firstPlayed = '2022-01-10';
const lastSession = '2023-01-06';

/** Bars in memory. */
interface MarketBars extends IntakeResult {
  readonly symbols: readonly WholeBars[];
}

/** The bars of all symbols, made anew: 480 MB. */
export function marketBars(): MarketBars {
  const symbols = Array.from({ length: marketSymbols }, (_, s) =>
    wholeBars(`S${String(s).padStart(3, '0')}`, randomWalk(firstSession, lastSession, s + 1)),
  );
  const bars = symbols.reduce((sum, { count }) => sum + count, 0);
  return { kind: 'bars', symbols, interval: '1m', intervalMs: minute, bars, audits: [], skipped: [] };
}

/** Stores bars as an import does, less the hash. */
export function keepMarket(bars: IntakeResult, store: BarStore): Promise<Manifest> {
  return keepDataset(bars, 'sha256:market', marketName, store, {
    now: () => performance.now(),
    newId: () => 'market',
    breathe: () => Promise.resolve(),
  });
}

/** A replay at full speed: one bar in a hundred is lost, and upkeep fills it from the dataset itself. */
export const marketSettings = {
  data: { dataset: marketName, from: firstPlayed, fillFrom: [marketName] },
  upkeep: { derivedIntervals: ['5m', '15m'] },
  history: { trailingDays: marketHistory },
  feed: { dropRate: 0.01 },
  replay: { speed: 'max' },
} as const;

export function marketPlan(manifests: readonly Manifest[]): RunPlan {
  const planned = planRun(configWith(marketSettings), new Set(), manifests);
  if (!planned.ok) throw new Error(planned.findings.map(({ message }) => message).join('\n'));
  return planned.plan;
}

/** One session of three symbols that lose nearly all of their bars: about a thousand gaps to be filled. */
export function thousandGapsPlan(manifests: readonly Manifest[]): RunPlan {
  const day = '2022-06-01';
  const planned = planRun(
    configWith({
      ...marketSettings,
      data: { dataset: marketName, symbols: ['S000', 'S001', 'S002'], from: day, to: day, fillFrom: [marketName] },
      history: { enabled: false },
      feed: { dropRate: 0.857 },
    }),
    new Set(),
    manifests,
  );
  if (!planned.ok) throw new Error(planned.findings.map(({ message }) => message).join('\n'));
  return planned.plan;
}

/** 128 bits over bars, for comparing what two sides hold. */
export function digestOf(symbols: readonly BarColumns[]): string {
  const mix = new Mix();
  for (const columns of symbols)
    for (const key of ['start', 'open', 'high', 'low', 'close', 'volume'] as const) {
      const column = columns[key].subarray(0, columns.count);
      mix.words(new Int32Array(column.buffer, column.byteOffset, column.length * 2), 0, column.length * 2);
    }
  const words = new Int32Array(4);
  mix.digest(words);
  return hexWords(words);
}
