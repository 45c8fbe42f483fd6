import type { BarReader } from '../library/store.ts';
import type { DatasetFacts } from '../session/dataset-facts.ts';
import { planRun } from '../session/plan-run.ts';
import { planStrategy } from '../strategy/plan-strategy.ts';
import type { EquityCurve } from '../strategy/trade.ts';
import { failedRow, rowOf, type SweepRow } from '../sweep/row.ts';
import { cellOf, configOf, type Sweep } from '../sweep/sweep.ts';
import { playThrough, type Hearers, type Thread } from './play-through.ts';

/** A cell that was played, and the equity of its run; null where that failed. */
export interface PlayedCell {
  readonly row: SweepRow;
  readonly equity: EquityCurve | null;
}

/** Plays one cell of a sweep as its configuration is played alone. A run that cannot be planned or fails is a row with the reason. */
export async function playCell(
  sweep: Sweep,
  cell: number,
  datasets: readonly DatasetFacts[],
  store: BarReader,
  thread: Thread,
  hearers?: Hearers,
): Promise<PlayedCell> {
  const own = cellOf(sweep, cell);
  const config = configOf(sweep, own);
  const failed = (reason: string): PlayedCell => ({ row: failedRow(own, reason), equity: null });
  const planned = planRun(config, sweep.given, datasets, planStrategy(config.strategy!));
  if (!planned.ok) return failed(planned.findings.map(({ message }) => message).join('; '));
  const { plan } = planned;
  try {
    const { engine, ledger } = await playThrough(plan, store, thread, hearers);
    const { closed, equity } = engine!.book;
    const curve = equity.curve();
    return {
      row: rowOf(own, { plan, trades: closed, equity: curve, fingerprint: ledger.fingerprint() }),
      equity: curve,
    };
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
}
