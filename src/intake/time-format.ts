import type { DayText } from '../time/instant.ts';
import type { ChosenOrder } from './chosen.ts';
import type { DateOrder, TimeFormat, UnixUnit } from './layout.ts';
import { misfit } from './misfit.ts';
import { TimeReader, unitOfDigits } from './time-reader.ts';
import type { Told } from './told.ts';
import { chosen, guess, sure } from './told.ts';
import { wholePair, wholeTime } from './whole-time.ts';

const unix = /^-?(\d{9,19})(?:\.\d+)?$/;
/** A date and a time of day without separators. Unix times of as many digits are of years in which nobody recorded minutes. */
const compact =
  /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{3})?)?|2400(?:00(?:000)?)?)$/;
const monthWord = /(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;
/** A word such as `US/Eastern` behind a time. */
const zoneWord = /\s([A-Za-z]+(?:\/[A-Za-z_]+)+)$/;

/** A time of day at which a day ends, behind a date. */
const dayEnd = /(?:[T\s]|^\d{8})24:?00(?::?00(?:\.?0+)?)?(?!\d)/i;

/** What the times at the beginning of a file look like. */
export interface TimeSample {
  readonly format: TimeFormat;
  /** How many of the texts it reads, of how many that are not empty. */
  readonly readable: number;
  readonly count: number;
  /** Epoch milliseconds; NaN for a text that it does not read. */
  readonly instants: readonly number[];
  /** The first text that it does not read. */
  readonly unreadable: string | null;
  /** The unit of Unix times; null for others. */
  readonly unit: Told<UnixUnit> | null;
  /** In which order a date is written; null for numbers. */
  readonly order: Told<DateOrder> | null;
  /** The orders in which the dates may be read; none for numbers. */
  readonly orders: readonly ChosenOrder[];
  /** Some are `24:00` of their day. */
  readonly endsDay: boolean;
}

/** What is known of times before they are looked at. */
export interface TimeHints {
  /** The zone of times without an offset. */
  readonly zone: string;
  /** The order of dates that may be read in several; null when nothing is known. */
  readonly order: Told<'dmy' | 'mdy'> | null;
  /** The day whose midnight the times count milliseconds from; null for other times. */
  readonly day: DayText | null;
  /** What was chosen: the order of dates, the unit of Unix times. */
  readonly chosenOrder: ChosenOrder | null;
  readonly chosenUnit: UnixUnit | null;
}

/** A way to read the texts of a sample; `instants` are NaN for those that it does not read. */
interface Attempt {
  readonly format: TimeFormat;
  readonly instants: readonly number[];
  readonly readable: number;
}

/**
 * How times are written. Unix times are told by their magnitude: to 11 digits seconds, to 14 milliseconds, to 17
 * microseconds, to 19 nanoseconds (the middle one of the sample decides). Dates are read in the order that reads the most.
 */
export function timeSample(texts: readonly string[], hints: TimeHints): TimeSample {
  const written = texts.filter((text) => text !== '');
  const digits = written.flatMap((text) => unix.exec(text)?.[1]?.length ?? []).sort((a, b) => a - b);
  const instantsOf = (format: TimeFormat): number[] => {
    const reader = new TimeReader(format);
    return written.map((text) => wholeTime(reader, text));
  };
  if (hints.day !== null)
    return summed(tried({ kind: 'midnight', zone: hints.zone, day: hints.day }, instantsOf), written, {});
  const areCompact = written.filter((text) => compact.test(text)).length * 2 > written.length;
  if (digits.length * 2 > written.length && !areCompact) {
    const middle = digits[digits.length >> 1]!;
    const as = (unit: Told<UnixUnit>) =>
      summed(tried({ kind: 'unix', unit: unit.value, digits: middle }, instantsOf), written, { unit });
    const asChosen = hints.chosenUnit && as(chosen(hints.chosenUnit));
    if (asChosen && asChosen.readable > 0) return asChosen;
    return as(sure(unitOfDigits(middle), `the times have ${middle} digits`));
  }
  return datesSample(written, hints, instantsOf);
}

/** Throws a FileFault where times are not written as was chosen. */
export function checkChosen({ format, order }: TimeSample, { chosenOrder, chosenUnit }: TimeHints, text: string): void {
  if (chosenUnit !== null && format.kind !== 'unix')
    throw misfit('timeUnit', chosenUnit, `the times are no Unix times, but such as "${text}"`);
  if (chosenUnit !== null && format.kind === 'unix' && format.unit !== chosenUnit)
    throw misfit('timeUnit', chosenUnit, `read so, "${text}" is before 1900 or after 2199`);
  if (chosenOrder === null || order?.value === chosenOrder) return;
  if (order === null) throw misfit('dateOrder', chosenOrder, `the times are numbers, such as "${text}"`);
  if (order.value === 'iso' && chosenOrder === 'ymd') return;
  throw misfit('dateOrder', chosenOrder, `a date such as "${text}" does not read so`);
}

/** The same for a day in one column and a time of day in another. */
export function pairSample(dates: readonly string[], clocks: readonly string[], hints: TimeHints): TimeSample {
  const texts = dates.map((date, i) => `${date} ${clocks[i]!}`);
  return datesSample(texts, hints, (format) => {
    const reader = new TimeReader(format);
    return dates.map((date, i) => wholePair(reader, date, clocks[i]!));
  });
}

function datesSample(
  texts: readonly string[],
  hints: TimeHints,
  instantsOf: (format: TimeFormat) => readonly number[],
): TimeSample {
  const attempt = (order: DateOrder): Attempt => {
    const wall = tried({ kind: 'wall', zone: hints.zone, order, word: wordOf(texts) }, instantsOf);
    // Times have an offset only if all that can be read have one.
    const offset = tried({ kind: 'offset', order }, instantsOf);
    return offset.readable > 0 && offset.readable === wall.readable ? offset : wall;
  };
  const iso = attempt('iso');
  const isoOrder = sure<DateOrder>('iso', 'the times read as year, month, day');
  const asIso = (orders: readonly ChosenOrder[]) => summed(iso, texts, { order: isoOrder, orders });
  // With slashes, days and months below ten may come later without zeros.
  if (iso.readable * 2 > texts.length && !texts[0]!.includes('/')) return asIso([]);
  const attempts = { ymd: attempt('ymd'), dmy: attempt('dmy'), mdy: attempt('mdy') };
  const { ymd, dmy, mdy } = attempts;
  const most = Math.max(ymd.readable, dmy.readable, mdy.readable);
  const orders = (['ymd', 'dmy', 'mdy'] as const).filter((order) => {
    const { readable } = attempts[order];
    return readable > iso.readable && 2 * readable > most;
  });
  const inOrder = (order: Told<ChosenOrder>) => summed(attempts[order.value], texts, { order, orders });
  if (hints.chosenOrder !== null && attempts[hints.chosenOrder].readable > iso.readable)
    return inOrder(chosen(hints.chosenOrder));
  if (most < iso.readable || most === 0) return asIso(orders);
  if (monthWord.test(texts[0]!) && dmy.readable === most)
    return summed(dmy, texts, { order: sure('dmy', 'the month is written as a word') });
  const hinted = hints.order?.value === 'mdy' ? mdy : dmy;
  if (ymd.readable === most && (hints.order === null || hinted.readable < most)) {
    if (!/^\d{6}(?!\d)/.test(texts[0]!)) return inOrder(sure('ymd', 'the times read as year, month, day'));
    const full = orders.filter((order) => attempts[order].readable === most);
    const [closest] = full.toSorted((a, b) => wayOf(attempts[a].instants) - wayOf(attempts[b].instants));
    return inOrder(
      closest === 'ymd'
        ? guess('ymd', 'six digits are taken for year, month and day; the day might come first')
        : guess(closest!, 'of six digits; read so, the dates follow each other more closely than with the year first'),
    );
  }
  return inOrder(orderOf(dmy, mdy, texts, hints));
}

/** Day or month first, where both may be read: as a vendor writes, or so that days follow each other most closely. */
function orderOf(dmy: Attempt, mdy: Attempt, texts: readonly string[], hints: TimeHints): Told<ChosenOrder> {
  if (dmy.readable > mdy.readable) return sure('dmy', 'the first numbers of some dates are no months');
  if (mdy.readable > dmy.readable) return sure('mdy', 'the second numbers of some dates are no months');
  if (hints.order) return hints.order;
  const [asDmy, asMdy] = [wayOf(dmy.instants), wayOf(mdy.instants)];
  const closer = 'no date says it; read so, they follow each other more closely than with the other order';
  if (asDmy < asMdy) return guess('dmy', `day first or month first: ${closer}`);
  if (asMdy < asDmy) return guess('mdy', `month first or day first: ${closer}`);
  const slashed = texts[0]!.includes('/');
  return slashed
    ? guess('mdy', 'month first or day first: no date says it; with slashes most are American')
    : guess('dmy', 'day first or month first: no date says it; without slashes most are European');
}

/** The sum of the steps from time to time. */
function wayOf(instants: readonly number[]): number {
  let way = 0;
  for (let i = 1; i < instants.length; i++) way += Math.abs(instants[i]! - instants[i - 1]!) || 0;
  return way;
}

/** The word that stands behind all times. */
function wordOf(texts: readonly string[]): string | null {
  const word = zoneWord.exec(texts[0] ?? '')?.[1] ?? null;
  return word !== null && texts.every((text) => text.endsWith(` ${word}`)) ? word : null;
}

function tried(format: TimeFormat, instantsOf: (format: TimeFormat) => readonly number[]): Attempt {
  const instants = instantsOf(format);
  return { format, instants, readable: instants.reduce((count, ms) => (Number.isNaN(ms) ? count : count + 1), 0) };
}

function summed(
  { format, instants, readable }: Attempt,
  texts: readonly string[],
  { unit = null, order = null, orders = [] }: Partial<Pick<TimeSample, 'unit' | 'order' | 'orders'>>,
): TimeSample {
  const failed = instants.findIndex(Number.isNaN);
  const unreadable = failed === -1 ? null : texts[failed]!;
  const endsDay = unit === null && texts.some((text) => dayEnd.test(text));
  return { format, readable, count: texts.length, instants, unreadable, unit, order, orders, endsDay };
}
