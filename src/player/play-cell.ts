import type { BarReader } from '../library/store.ts';
import type { DatasetFacts } from '../session/dataset-facts.ts';
import { planRun } from '../session/plan-run.ts';
import type { RunPlan } from '../session/plan.ts';
import type { SessionStory } from '../session/story.ts';
import type { PlannedStrategy } from '../strategy/plan-strategy.ts';
import type { Strategy } from '../strategy/strategy.ts';
import type { EquityCurve } from '../strategy/trade.ts';
import { failedRow, rowOf, type SweepRow } from '../sweep/row.ts';
import { cellOf, configOf, type Sweep } from '../sweep/sweep.ts';
import { playThrough, type Hearers, type Thread } from './play-through.ts';

/** A cell that was played, and the equity of its run; null where that failed. */
export interface PlayedCell {
  readonly row: SweepRow;
  readonly equity: EquityCurve | null;
}

/** What cells are played with. */
export interface CellStage {
  readonly datasets: readonly DatasetFacts[];
  readonly store: BarReader;
  readonly thread: Thread;
  /** Makes the strategy of a run of own code; there are none where it is absent. */
  readonly ownStrategy?: ((plan: RunPlan) => Strategy) | undefined;
}

/**
 * Plays one cell of a sweep as its configuration is played alone. `strategy` is what `strategyOfCell` decides, where the code is known. A run that
 * cannot be planned or fails is a row with the reason, and so is one of own code that failed in a session: what it came to is not what it
 * was written for.
 */
export async function playCell(
  sweep: Sweep,
  cell: number,
  strategy: PlannedStrategy,
  { datasets, store, thread, ownStrategy }: CellStage,
  hearers: Hearers = {},
): Promise<PlayedCell> {
  const own = cellOf(sweep, cell);
  const failed = (reason: string): PlayedCell => ({ row: failedRow(own, reason), equity: null });
  const planned = planRun(configOf(sweep, own), sweep.given, datasets, strategy);
  if (!planned.ok) return failed(planned.findings.map(({ message }) => message).join('; '));
  const { plan } = planned;
  const isOwn = plan.strategy?.own !== undefined;
  const faults: SessionStory[] = [];
  const onStory = (story: SessionStory): void => {
    if (story.error !== null) faults.push(story);
  };
  try {
    const made = isOwn ? ownStrategy?.(plan) : undefined;
    const { engine, ledger } = await playThrough(plan, store, thread, { ...hearers, ...(isOwn && { onStory }) }, made);
    if (faults.length > 0) return failed(failureWords(faults, plan));
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

function failureWords(faults: readonly SessionStory[], { sessions, firstPlayed }: RunPlan): string {
  const { session, error } = faults[0]!;
  const count = sessions.length - firstPlayed;
  return `${faults.length} of ${count} ${count === 1 ? 'session' : 'sessions'} failed, first ${sessions[session]!.date}: ${error}`;
}
