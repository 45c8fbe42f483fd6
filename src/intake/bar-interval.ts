import { intervalText } from '../bars/interval.ts';
import { day, hour, minute, second } from '../time/instant.ts';
import type { Told } from './told.ts';
import type { Decision } from './audit.ts';
import type { SymbolSteps } from './symbol-steps.ts';

/** A step is common from this part of all steps on. */
const commonPart = 0.05;

/** From this part of all steps on, an interval that they are multiples of is theirs. */
export const fittingPart = 0.9;

/** From so many steps on, a symbol tells an interval of its own. */
export const tellingSteps = 20;

/** From so many steps on, nearly all of whole days and longer than a long weekend, bars are longer than a day. */
const longSteps = 10;
const longestDaily = 4;
/** A length of days is met by steps from this part of it on: holidays move bars of weeks, a month may have 28 days, a day 23 hours. */
const metPart = 0.8;

/** Lengths that vendors make bars of, the longest first. */
export const customary = [
  604_800, 86_400, 43_200, 28_800, 21_600, 14_400, 10_800, 7_200, 3_600, 1_800, 1_200, 900, 600, 300, 240, 180, 120, 60,
  30, 20, 15, 10, 5, 2, 1,
].map((seconds) => seconds * second);

/** Symbols that are named before the rest is counted. */
const namesShown = 3;

/** The interval of bars, and why. */
export interface IntervalFound {
  readonly ms: number;
  readonly decision: Decision;
}

/** An interval, and the symbols whose bars have it. */
export interface IntervalOfSymbols extends IntervalFound {
  readonly symbols: readonly string[];
}

/**
 * The intervals of bars, the shortest first; nearly always one. It is: the smallest step from one bar to the next, over all symbols, that makes up at least a
 * twentieth of all steps; the smallest of the commonest where none does. Gaps, nights and holidays make longer steps, and
 * a few bars between the others shorter ones. With one bar a symbol there are no steps, and a minute is taken as a guess.
 *
 * Where bars are so sparse that this says nothing (steps are no multiples of it, or it is a length that nobody makes bars
 * of and not nearly every step), it is a minute, or the longest shorter length that nearly all steps are multiples of, as a
 * guess: such files mostly hold what another one misses.
 *
 * A symbol tells an interval of its own when it has 20 steps or more, its commonest step is a length that vendors make
 * bars of, and nine tenths of its steps are multiples of that. One that is traded thinly does not tell a longer interval
 * so: its steps are multiples of the dataset's interval and of no longer one (of twice the interval half of them are, by
 * chance; 40 steps are asked for there). A symbol that tells none has the interval of the others. One that tells a shorter
 * one than was found by the steps of symbols that tell none decides it.
 *
 * Where nine tenths of ten steps or more are of whole days and more than four of them, bars are those of weeks, months or quarters, and
 * the commonest step is their interval, as a guess where they differ. Daily bars would be known long before such a bar is.
 *
 * What was chosen, or the file says, is taken as it is, unless bars are closer to each other. Times without a time of day (`areDays`) are those of
 * days, unless nearly all of many steps are longer.
 *
 * There are several when symbols tell different ones, or one tells a longer interval than the dataset's and others have
 * steps that do not fit into it: played as the shorter, a longer bar would be known before its end. A symbol that tells none has then
 * the longest that all its steps are multiples of, as a guess; one of a single bar has the shortest.
 *
 * Throws an error when the step is not a whole number of seconds: then these are ticks. `counts` are the steps of all symbols by length.
 */
export function intervalsOf(
  stepsOf: readonly SymbolSteps[],
  counts: ReadonlyMap<number, number>,
  told: Told<number> | null,
  areDays: boolean,
): readonly IntervalOfSymbols[] {
  const all = stepsOf.map(({ name }) => name);
  if (told !== null) return [{ ...toldInterval(told, counts), symbols: all }];
  const found = longInterval(counts) ?? (areDays && areSparse(counts) ? fewDays : commonInterval(counts));
  const bySymbols = toldIntervals(stepsOf, found.ms);
  if (bySymbols.size > 1) return shared(stepsOf, bySymbols);
  const [own] = bySymbols;
  if (!own || own[0] >= found.ms) return [{ ...found, symbols: all }];
  const [ms, names] = own;
  const reason = `the commonest step from one bar to the next of ${named(names)}; the others are too sparse to tell`;
  return [{ ms, decision: { name: 'interval', value: intervalText(ms), reason, guess: false }, symbols: all }];
}

/** Shares symbols out among the intervals that some of them tell. */
function shared(
  stepsOf: readonly SymbolSteps[],
  told: ReadonlyMap<number, readonly string[]>,
): readonly IntervalOfSymbols[] {
  const longestFirst = [...told.keys()].sort((a, b) => b - a);
  const shortest = longestFirst.at(-1)!;
  const telling = new Map([...told].flatMap(([ms, names]) => names.map((name) => [name, ms])));
  const msOf = ({ name, divisor }: SymbolSteps): number =>
    telling.get(name) ?? (divisor > 0 ? longestFirst.find((ms) => divisor % ms === 0) : undefined) ?? shortest;
  return longestFirst.toReversed().map((ms) => {
    const symbols = stepsOf.filter((each) => msOf(each) === ms).map(({ name }) => name);
    const guess = symbols.some((name) => !telling.has(name));
    const others = guess ? '; the others have too few bars to tell, and no steps that contradict' : '';
    const reason = `the commonest step from one bar to the next of ${named(told.get(ms)!)}${others}`;
    return { ms, decision: { name: 'interval', value: intervalText(ms), reason, guess }, symbols };
  });
}

const fewDays: IntervalFound = {
  ms: day,
  decision: { name: 'interval', value: '1d', reason: 'the times are days without a time of day', guess: false },
};

/** The interval of bars of weeks, months or quarters; null where they are none. */
function longInterval(counts: ReadonlyMap<number, number>): IntervalFound | null {
  let [total, long] = [0, 0];
  const byDays = new Map<number, number>();
  for (const [step, count] of counts) {
    total += count;
    const days = Math.round(step / day);
    // Clocks may change between two bars.
    if (days <= longestDaily || Math.abs(step - days * day) > hour) continue;
    long += count;
    byDays.set(days, (byDays.get(days) ?? 0) + count);
  }
  if (long < longSteps || long < fittingPart * total) return null;
  const [days, count] = [...byDays].reduce((most, each) => (each[1] > most[1] ? each : most));
  const value = intervalText(days * day);
  const reason = `the bars are more than ${longestDaily} days apart, commonly ${value} (${count.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} steps), as those of weeks or months are; bars longer than 1d are not played: bars of a day are, and longer ones are derived of them`;
  return { ms: days * day, decision: { name: 'interval', value, reason, guess: count < fittingPart * total } };
}

/** Whether steps between days are too few, or too various, to tell that bars are longer than a day. */
function areSparse(counts: ReadonlyMap<number, number>): boolean {
  let total = 0;
  let most = 0;
  for (const count of counts.values()) {
    total += count;
    most = Math.max(most, count);
  }
  return total < tellingSteps || most < fittingPart * total;
}

/** Whether bars of that length may be so close to each other. */
export function fitsSteps(ms: number, closest: number): boolean {
  return closest >= (ms < day ? ms : metPart * ms);
}

function toldInterval({ value: ms, reason }: Told<number>, counts: ReadonlyMap<number, number>): IntervalFound {
  const closest = Math.min(...counts.keys());
  if (!fitsSteps(ms, closest)) {
    const apart = closest % second === 0 ? intervalText(closest) : `${closest} ms`;
    throw new Error(
      `The interval ${intervalText(ms)} (${reason}) does not fit: there are bars that are ${apart} apart`,
    );
  }
  return {
    ms,
    decision: { name: 'interval', value: intervalText(ms), reason, guess: false },
  };
}

function commonInterval(counts: ReadonlyMap<number, number>): IntervalFound {
  let total = 0;
  for (const count of counts.values()) total += count;
  if (total === 0) {
    const reason = 'there is one bar a symbol, so that nothing tells the interval';
    return { ms: minute, decision: { name: 'interval', value: '1m', reason, guess: true } };
  }
  let most = 0;
  for (const count of counts.values()) most = Math.max(most, count);
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
      customary.find((each) => each <= minute && part((step) => step % each === 0) >= fittingPart) ?? second;
    const reason = `the bars are too sparse to tell (commonly ${intervalText(ms)} apart); ${intervalText(fitting)} is the longest up to a minute that the steps between them are multiples of`;
    return { ms: fitting, decision: { name: 'interval', value: intervalText(fitting), reason, guess: true } };
  }
  const reason = `the smallest common step from one bar to the next: ${of}`;
  return { ms, decision: { name: 'interval', value: intervalText(ms), reason, guess: false } };
}

/** Symbols by the interval that they tell; with the symbols of the dataset's when one of them does not fit into the longest. */
function toldIntervals(symbols: readonly SymbolSteps[], datasetMs: number): Map<number, string[]> {
  const told = new Map<number, string[]>();
  const silent: SymbolSteps[] = [];
  for (const symbol of symbols) {
    const { name, commonest, count, multiples } = symbol;
    const enough = commonest === 2 * datasetMs ? 2 * tellingSteps : tellingSteps;
    if (count < enough || multiples < count * fittingPart || !customary.includes(commonest)) silent.push(symbol);
    else told.set(commonest, [...(told.get(commonest) ?? []), name]);
  }
  const longest = Math.max(...told.keys());
  if (datasetMs < longest && !told.has(datasetMs)) {
    const others = silent.filter(({ divisor }) => divisor % longest !== 0);
    if (others.length > 0)
      told.set(
        datasetMs,
        others.map(({ name }) => name),
      );
  }
  return told;
}

/** Some names, and how many more there are. */
export function named(names: readonly string[]): string {
  const shown = names.slice(0, namesShown).join(', ');
  const more = names.length - namesShown;
  return more > 0 ? `${shown} and ${more.toLocaleString('en-US')} more` : shown;
}
