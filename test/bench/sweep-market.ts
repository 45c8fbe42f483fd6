import { wholeBars } from '../../src/intake/series.ts';
import { keepDataset } from '../../src/library/keep.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { planSweep } from '../../src/sweep/plan-sweep.ts';
import { readSpec } from '../../src/sweep/spec.ts';
import type { Sweep } from '../../src/sweep/sweep.ts';
import { minute } from '../../src/time/instant.ts';
import { randomWalk } from '../support/synthetic.ts';

/** A thousand cells: SMA cross with orders and commission over a year of minutes, 100,050 bars. */
const spec = {
  config: { strategy: { name: 'SMA cross', params: {} }, broker: { commission: 0.0002 }, replay: { speed: 'max' } },
  params: { fast: { from: 5, to: 54, step: 1 }, slow: { from: 60, to: 250, step: 10 } },
};

/** The bars of the sweep, in memory. */
export async function sweepStore(): Promise<MemoryStore> {
  const store = new MemoryStore();
  const bars = wholeBars('WALK', randomWalk('2022-01-03', '2023-01-10', 3));
  const result = { kind: 'bars', symbols: [bars], interval: '1m', intervalMs: minute, bars: bars.count } as const;
  await keepDataset({ ...result, audits: [], skipped: [] }, 'sha256:walk', 'WALK', store, {
    now: () => performance.now(),
    newId: () => 'walk',
    breathe: () => Promise.resolve(),
  });
  return store;
}

export async function sweepIn(store: MemoryStore): Promise<Sweep> {
  const read = readSpec(spec);
  const planned = read.ok ? planSweep(read.spec, await store.list()) : read;
  if (!planned.ok) throw new Error(planned.findings.map(({ message }) => message).join('\n'));
  return (planned as Extract<typeof planned, { sweep: Sweep }>).sweep;
}
