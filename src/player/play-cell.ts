import type { BarReader } from '../library/store.ts';
import type { DatasetFacts } from '../session/dataset-facts.ts';
import { planRun } from '../session/plan-run.ts';
import { planStrategy } from '../strategy/plan-strategy.ts';
import { failedRow, rowOf, type SweepRow } from '../sweep/row.ts';
import { cellOf, configOf, type Sweep } from '../sweep/sweep.ts';
import { playThrough, type Thread } from './play-through.ts';

/** Plays one cell of a sweep as its configuration is played alone. A run that cannot be planned or fails is a row with the reason. */
export async function playCell(
  sweep: Sweep,
  cell: number,
  datasets: readonly DatasetFacts[],
  store: BarReader,
  thread: Thread,
): Promise<SweepRow> {
  const own = cellOf(sweep, cell);
  const config = configOf(sweep, own);
  const planned = planRun(config, sweep.given, datasets, planStrategy(config.strategy!));
  if (!planned.ok) return failedRow(own, planned.findings.map(({ message }) => message).join('; '));
  const { plan } = planned;
  try {
    const { engine, ledger } = await playThrough(plan, store, thread);
    const { closed, equity } = engine!.book;
    return rowOf(own, { plan, trades: closed, equity: equity.curve(), fingerprint: ledger.fingerprint() });
  } catch (error) {
    return failedRow(own, error instanceof Error ? error.message : String(error));
  }
}
