import { DataFrame } from 'data-forge';
import { backtest } from 'grademark/build/lib/backtest.js';
import { playThrough } from '../../../src/player/play-through.ts';
import { planRun } from '../../../src/session/plan-run.ts';
import { planStrategy } from '../../../src/strategy/plan-strategy.ts';
import { SimpleAverage } from '../../../src/strategy/indicators/simple-average.ts';
import { barColumns } from '../../../src/bars/columns.ts';
import { openChunk } from '../../../src/library/chunk.ts';
import type { MemoryStore } from '../../../src/library/memory-store.ts';
import { configWith } from '../../support/synthetic.ts';
import { fast, LongCross, slow } from '../long-cross.ts';
import { sweepStore } from '../sweep-market.ts';

export interface LoopMeasurement {
  readonly bars: number;
  /** Bars a second, each when its code is warm. */
  readonly own: number;
  readonly peer: number;
  /** Entry and exit prices of the trades, in their order. */
  readonly ownTrades: readonly (readonly [number, number])[];
  readonly peerTrades: readonly (readonly [number, number])[];
}

/** So often each plays: its code is warm after some ten times. The fastest counts, as the machine is shared. */
const rounds = 20;

interface Bar {
  readonly time: Date;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/**
 * SMA cross with orders and commission over one symbol, in one thread: this engine, and grademark (which needs data-forge and chai
 * beside it, and knows no commission).
 */
export async function measureLoop(): Promise<LoopMeasurement> {
  const store = await sweepStore();
  const bars = await barsOf(store);
  const own = await best(() => playOwn(store));
  const peer = await best(() => Promise.resolve(playPeer(bars)));
  return {
    bars: bars.length,
    own: bars.length / own.seconds,
    peer: bars.length / peer.seconds,
    ownTrades: own.answer,
    peerTrades: peer.answer,
  };
}

async function playOwn(store: MemoryStore): Promise<(readonly [number, number])[]> {
  const config = configWith({
    strategy: { name: 'SMA cross', params: {} },
    broker: { commission: 0.0002, cash: 1e6 },
  } as never);
  const planned = planRun(config, new Set(), await store.list(), planStrategy(config.strategy!));
  if (!planned.ok) throw new Error(planned.findings.map(({ message }) => message).join('\n'));
  const strategy = new LongCross();
  const thread = {
    now: () => performance.now(),
    epochMs: performance.timeOrigin,
    turn: () => Promise.resolve(),
    until: () => Promise.resolve(),
  };
  await playThrough(planned.plan, store, thread, undefined, strategy);
  return strategy.trades.map(({ entryPrice, exitPrice }) => [entryPrice, exitPrice] as const);
}

function playPeer(bars: readonly Bar[]): (readonly [number, number])[] {
  const [fastAverage, slowAverage] = [new SimpleAverage(fast), new SimpleAverage(slow)];
  const series = new DataFrame(
    bars.map((bar) => ({ ...bar, gap: fastAverage.push(bar.close) - slowAverage.push(bar.close) })),
  );
  const trades = backtest(
    {
      entryRule: (enter, { bar }) => void (bar.gap > 0 && enter()),
      exitRule: (exit, { bar }) => void (bar.gap < 0 && exit()),
    },
    series,
  );
  return trades.map(({ entryPrice, exitPrice }) => [entryPrice, exitPrice] as const);
}

async function best<T>(play: () => Promise<T>): Promise<{ readonly seconds: number; readonly answer: T }> {
  let seconds = Infinity;
  let answer!: T;
  for (let n = 0; n < rounds; n++) {
    const began = performance.now();
    answer = await play();
    seconds = Math.min(seconds, (performance.now() - began) / 1_000);
  }
  return { seconds, answer };
}

async function barsOf(store: MemoryStore): Promise<Bar[]> {
  const [manifest] = await store.list();
  const { bars, chunks } = manifest!.symbols[0]!;
  const columns = barColumns(bars);
  for (let c = 0; c < chunks.length; c++) {
    const chunk = openChunk(await store.chunk(manifest!.id, 0, c));
    for (let block = 0; block < chunk.blocks; block++) chunk.decodeBlock(block, columns, columns.count);
  }
  const { open, high, low, close, volume } = columns;
  return Array.from(columns.start, (start, i) => ({
    time: new Date(start),
    ...{ open: open[i]!, high: high[i]!, low: low[i]!, close: close[i]!, volume: volume[i]! },
  }));
}
