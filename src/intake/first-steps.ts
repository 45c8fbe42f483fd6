import { barColumns } from '../bars/columns.ts';
import { customary, fitsSteps, fittingPart, intervalsOf, tellingSteps } from './bar-interval.ts';
import { lengthOfName } from './file-name.ts';
import type { Sniffed } from './sniff.ts';
import { StepCounter, type SymbolSteps } from './symbol-steps.ts';
import type { Told } from './told.ts';

/** What is looked at of the beginning of a file. */
type FirstBars = Pick<Sniffed, 'layout' | 'instants' | 'rows' | 'toldInterval' | 'areDays'>;

/** Bars of a night and a weekend, and those that are missing, may be the rest. */
const clearPart = 0.6;

/** The shortest step from one time to another; Infinity without any. */
export function closestOf(instants: readonly number[]): number {
  const sorted = Float64Array.from(instants).sort();
  let least = Infinity;
  for (let i = 1; i < sorted.length; i++)
    if (sorted[i]! > sorted[i - 1]!) least = Math.min(least, sorted[i]! - sorted[i - 1]!);
  return least;
}

/** The interval of the first bars, and how close their times are. */
export function intervalOfFirst(
  instants: readonly number[],
  said: Told<number> | null,
  areDays: boolean,
): { readonly told: Told<number>; readonly closest: number } {
  const closest = closestOf(instants);
  if (said !== null) return { told: said, closest };
  const all = new Map<number, number>();
  const [found] = intervalsOf([stepsOf(instants, all)], all, null, areDays);
  const { ms, decision } = found!;
  return { told: { value: ms, reason: decision.reason, certainty: decision.guess ? 'guess' : 'sure' }, closest };
}

/**
 * The interval of the first bars where nobody could take them for those of another: that which the file says or was chosen, else the
 * commonest of 20 steps or more, if vendors make bars of it, three in five steps are as long and nine in ten are multiples of it. Times
 * without a time of day are those of days or longer bars. Where that is not clear the file's name may say it, if nine in ten steps are
 * multiples of what it says. Null where it is not clear, and of quotes and ticks.
 */
export function clearInterval(
  { layout, instants, toldInterval, areDays }: Omit<FirstBars, 'rows'>,
  fileName: string,
): number | null {
  if (layout.kind !== 'bars') return null;
  if (toldInterval) return toldInterval.value;
  const all = new Map<number, number>();
  const { commonest, count, multiples } = stepsOf(instants, all);
  const isClear =
    count >= tellingSteps &&
    customary.includes(commonest) &&
    all.get(commonest)! >= clearPart * count &&
    multiples >= fittingPart * count;
  if (isClear) return commonest;
  if (areDays) return count > 0 ? intervalOfFirst(instants, null, true).told.value : null;
  const named = lengthOfName(fileName);
  let fitting = 0;
  for (const [step, times] of all) if (step % named === 0) fitting += times;
  return count > 0 && fitting >= fittingPart * count ? named : null;
}

/** Whether times may be those of bars of that length: not many are closer to each other. */
export function mayBeBarsOf(ms: number, instants: readonly number[]): boolean {
  const all = new Map<number, number>();
  const { count } = stepsOf(instants, all);
  let closer = 0;
  for (const [step, times] of all) if (!fitsSteps(ms, step)) closer += times;
  return closer <= (1 - fittingPart) * count;
}

/** The clear intervals by symbol, each once: several become a dataset an interval, as do those that a column says. None where it is clear of no symbol. */
export function clearIntervals(first: FirstBars, fileName: string): readonly number[] {
  const column = first.layout.roles.indexOf('symbol');
  const bySymbol = new Map<string, number[]>();
  for (const [i, instant] of first.instants.entries()) {
    const symbol = first.rows[i]?.[column] ?? '';
    const own = bySymbol.get(symbol);
    if (own) own.push(instant);
    else bySymbol.set(symbol, [instant]);
  }
  const clear = [...bySymbol.values()].flatMap((instants) => clearInterval({ ...first, instants }, fileName) ?? []);
  const { ofInterval } = first.layout;
  return [...new Set([...clear, ...(ofInterval?.isAlone === false ? ofInterval.othersMs : [])])];
}

/** The steps from one to the next of times in any order, of which NaN is none. */
function stepsOf(instants: readonly number[], all: Map<number, number>): SymbolSteps {
  const start = Float64Array.from(instants).sort();
  let count = 0;
  for (const ms of start) if (ms === ms && (count === 0 || ms > start[count - 1]!)) start[count++] = ms;
  const counter = new StepCounter();
  counter.add({ ...barColumns(0), start, count });
  return counter.sum('the first records', all);
}
