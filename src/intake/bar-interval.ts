import { intervalText } from '../bars/interval.ts';
import { second } from '../time/instant.ts';
import type { Decision } from './audit.ts';
import type { SymbolBars } from './result.ts';

/** A step is common from this part of all steps on. */
const commonPart = 0.05;

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
  const reason = `the smallest common step from one bar to the next: ${of}`;
  return { ms, decision: { name: 'interval', value: intervalText(ms), reason, guess: false } };
}
