import { deflatedSharpe, type DeflatedSharpe, type ReturnsShape } from '../statistics/deflated-sharpe.ts';
import type { SweepRow } from './row.ts';

/** Below this the best of a sweep is no evidence that its parameters have any skill. */
const enough = 0.95;

/** Returns below which the ratio's spread, which is that of many, tells nothing: the usual rule of thumb for means. */
const fewest = 30;

/** What the best of some tries is worth: the one with the highest Sharpe ratio of its returns by period. */
export interface Verdict extends DeflatedSharpe {
  readonly tries: number;
  /** Returns that the best one's ratio is of. */
  readonly periods: number;
  /** Number of the best cell. */
  readonly cell: number;
}

/** Null where no row has a Sharpe ratio. A run without a trade is a try too, of ratio 0. */
export function verdictOf(rows: readonly SweepRow[]): Verdict | null {
  const tried = rows.filter(hasReturns);
  const best = bestOf(tried);
  if (!best) return null;
  const trials = tried.map(({ returns }) => returns.sharpe);
  return { ...deflatedSharpe(best.returns, trials), tries: tried.length, periods: best.returns.count, cell: best.cell };
}

/** Whether the best is more than luck explains. */
export function isEvidence({ probability, periods }: Verdict): boolean {
  return probability >= enough && periods >= fewest;
}

type RowWithReturns = SweepRow & { readonly returns: ReturnsShape };

function hasReturns(row: SweepRow): row is RowWithReturns {
  return row.returns !== null;
}

/** The row with the highest Sharpe ratio by period; the first of equal ones. */
function bestOf(rows: readonly RowWithReturns[]): RowWithReturns | undefined {
  let best = rows[0];
  for (const row of rows) if (row.returns.sharpe > best!.returns.sharpe) best = row;
  return best;
}

/** What was chosen in a window, and what it came to on the sessions after it. */
export interface WalkedWindow {
  readonly window: number;
  readonly chosen: SweepRow;
  readonly verdict: Verdict;
  readonly out: SweepRow;
}

/** By window the best in sample, and the same parameters out of sample; windows that are not played whole are left out. */
export function walkedOf(rows: readonly SweepRow[]): WalkedWindow[] {
  const count = rows.reduce((most, { window }) => Math.max(most, window ?? 0), 0);
  return Array.from({ length: count }, (_, i) => i + 1).flatMap((window) => {
    const own = rows.filter((row) => row.window === window);
    const inSample = own.filter(({ part }) => part === 'in');
    const verdict = verdictOf(inSample);
    const chosen = inSample.find(({ cell }) => cell === verdict?.cell);
    const params = JSON.stringify(chosen?.params);
    const out = own.find((row) => row.part === 'out' && JSON.stringify(row.params) === params);
    return verdict && chosen && out ? [{ window, chosen, verdict, out }] : [];
  });
}

/** Percent: what one window after the other would have earned out of sample. */
export function walkedReturn(walked: readonly WalkedWindow[]): number {
  return 100 * (walked.reduce((worth, { out }) => worth * (1 + (out.figures['Return [%]'] ?? 0) / 100), 1) - 1);
}

/** The warning in words: it grows with the number of tries. */
export function verdictWords(verdict: Verdict): string {
  const { tries, periods, cell, sharpe, expectedBest, probability } = verdict;
  const of = tries === 1 ? 'one try' : `${tries} tries`;
  const luck =
    tries === 1 ? '' : ` So many tries without any skill would be expected to show ${expectedBest.toFixed(4)} at best.`;
  const worth = isEvidence(verdict)
    ? 'That is more than luck explains, as far as these bars go.'
    : periods < fewest
      ? `Of ${periods} returns alone that says nothing; ${fewest} are the least.`
      : `Below ${enough} it is no evidence of skill.`;
  return `Cell ${cell} is the best of ${of}, with a Sharpe ratio of ${sharpe.toFixed(4)} a period.${luck} The probability that its true ratio is above 0 is ${probability.toFixed(3)} (deflated Sharpe ratio). ${worth}`;
}
