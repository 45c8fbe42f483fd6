import { intervalText } from '../bars/interval.ts';
import { second } from '../time/instant.ts';
import type { Decision } from './audit.ts';
import type { SymbolBars } from './result.ts';

/** A step is common from this part of all steps on. */
const commonPart = 0.05;

/** From this part of all steps on, an interval that they are multiples of is theirs. */
const fittingPart = 0.9;

/** Lengths that vendors make bars of, the longest first. */
const customary = [
  604_800, 86_400, 43_200, 28_800, 21_600, 14_400, 10_800, 7_200, 3_600, 1_800, 1_200, 900, 600, 300, 240, 180, 120, 60,
  30, 20, 15, 10, 5, 2, 1,
].map((seconds) => seconds * second);

/** The interval of bars, and why. */
export interface IntervalFound {
  readonly ms: number;
  readonly decision: Decision;
}

/**
 * The interval of a dataset: the smallest step from one bar to the next, over all symbols, that makes up at least a
 * twentieth of all steps; the smallest of the commonest where none does. Gaps, nights and holidays make longer steps, and
 * a few bars between the others shorter ones. With one bar a symbol there are no steps, and a minute is taken as a guess.
 *
 * Where bars are so sparse that this says nothing (steps are no multiples of it, or it is a length that nobody makes bars
 * of and not nearly every step), it is a minute, or the longest shorter length that nearly all steps are multiples of, as a
 * guess: such files mostly hold what another one misses.
 *
 * Throws an error when the step is not a whole number of seconds: then these are ticks.
 */
export function intervalOf(symbols: readonly SymbolBars[]): IntervalFound {
  const counts = new Map<number, number>();
  let total = 0;
  for (const { columns } of symbols) {
    const { start, count } = columns;
    total += count - 1;
    // Steps repeat, so they are counted a run at a time.
    let step = 0;
    let run = 0;
    for (let i = 1; i < count; i++) {
      const next = start[i]! - start[i - 1]!;
      if (next !== step) {
        if (run > 0) counts.set(step, (counts.get(step) ?? 0) + run);
        step = next;
        run = 0;
      }
      run++;
    }
    if (run > 0) counts.set(step, (counts.get(step) ?? 0) + run);
  }
  if (total === 0) {
    const reason = 'there is one bar a symbol, so that nothing tells the interval';
    return { ms: 60 * second, decision: { name: 'interval', value: '1m', reason, guess: true } };
  }
  const most = Math.max(...counts.values());
  const common = Math.min(total * commonPart, most);
  let ms = Infinity;
  for (const [step, count] of counts) if (count >= common && step < ms) ms = step;
  const of = `${counts.get(ms)!.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} steps`;
  if (ms % second !== 0) {
    throw new Error(
      `The bars are ${ms} ms apart (${of} from one to the next); intervals are whole seconds. Ticks must be made into bars first`,
    );
  }
  const part = (holds: (step: number) => boolean): number => {
    let sum = 0;
    for (const [step, count] of counts) if (holds(step)) sum += count;
    return sum / total;
  };
  const multiples = part((step) => step % ms === 0);
  const usual = customary.includes(ms) || part((step) => step === ms) >= fittingPart;
  if (multiples < fittingPart || !usual) {
    const fitting =
      customary.find((each) => each <= 60 * second && part((step) => step % each === 0) >= fittingPart) ?? second;
    const reason = `the bars are too sparse to tell (commonly ${intervalText(ms)} apart); ${intervalText(fitting)} is the longest up to a minute that the steps between them are multiples of`;
    return { ms: fitting, decision: { name: 'interval', value: intervalText(fitting), reason, guess: true } };
  }
  const reason = `the smallest common step from one bar to the next: ${of}`;
  return { ms, decision: { name: 'interval', value: intervalText(ms), reason, guess: false } };
}
