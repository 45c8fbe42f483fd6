import { day, hour, minute, second } from './instant.ts';

/**
 * The offsets of a zone within [from, until), which is longer than a day: offset i (milliseconds ahead of UTC) holds from starts[i] (epoch
 * milliseconds) on.
 */
export interface Transitions {
  readonly from: number;
  readonly until: number;
  /** Ascending; the first is -Infinity. */
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
}

/** Changes of the clock are known in these years; before and after them the first and last offset are taken to hold. */
const firstYear = 1970;
const lastYear = 2100;

/** Changes are read for so many years at once: all 131 take longer than a page has between two frames. */
const yearsAtOnce = 10;

/** Shorter than any time between two changes since 1970; Boa Vista's clocks went forward and back in a week of 2000. */
const stride = 6 * day;

/** Nearly every change is on a quarter of an hour of UTC. */
const usual = 15 * minute;

/** Reads the changes of a zone's clock around an instant, and all between them and `known`, which they are to be joined to. */
export type TransitionsReader = (at: number, known?: Transitions) => Transitions;

/**
 * A reader of every change of a zone's clock, to the second.
 *
 * They are read from Intl.DateTimeFormat with an explicit zone, which is right in every system zone; to take the instant apart
 * in the system's zone first, as date-fns-tz does, is off around a change.
 *
 * Throws a RangeError when the engine does not know the name. Bare offsets (`+02:00`) are refused in every engine,
 * because only some of them know those.
 */
export function transitionsReader(name: string): TransitionsReader {
  const offsetAt = offsetReader(name);
  return (at, known) => {
    const [from, until] = yearsAround(at);
    if (!known) return changesWithin(from, until, offsetAt);
    if (from < known.from) return joined(changesWithin(from, known.from, offsetAt), known);
    if (until > known.until) return joined(known, changesWithin(known.until, until, offsetAt));
    return known;
  };
}

function yearsAround(at: number): [from: number, until: number] {
  const year = Math.min(
    Math.max(new Date(at).getUTCFullYear() || (at > 0 ? lastYear : firstYear), firstYear),
    lastYear,
  );
  const first = year - (year % yearsAtOnce);
  return [
    first <= firstYear ? -Infinity : Date.UTC(first, 0, 1),
    first + yearsAtOnce > lastYear ? Infinity : Date.UTC(first + yearsAtOnce, 0, 1),
  ];
}

/** Two stretches of one zone, the one ending where the other begins. */
function joined(before: Transitions, after: Transitions): Transitions {
  return {
    from: before.from,
    until: after.until,
    starts: [...before.starts, ...after.starts.slice(1)],
    offsets: [...before.offsets, ...after.offsets.slice(1)],
  };
}

function changesWithin(from: number, until: number, offsetAt: (at: number) => number): Transitions {
  const end = Math.min(until, Date.UTC(lastYear + 1, 0, 1));
  let last = Math.max(from, Date.UTC(firstYear, 0, 1));
  let offset = offsetAt(last);
  const starts = [-Infinity];
  const offsets = [offset];
  while (last < end) {
    const next = Math.min(last + stride, end);
    const nextOffset = offsetAt(next);
    if (nextOffset !== offset) {
      starts.push(changeBetween(last, next, starts.at(-2) ?? -Infinity, offsetAt));
      offsets.push(nextOffset);
      offset = nextOffset;
    }
    last = next;
  }
  return { from, until, starts, offsets };
}

/**
 * The first whole second in (from, to] at which the offset is no longer that of `from`. Mostly that is the same Sunday as a
 * year ago, `yearAgo` being the change before the last; if not, it is searched by halves.
 */
function changeBetween(from: number, to: number, yearAgo: number, offsetAt: (at: number) => number): number {
  const before = offsetAt(from);
  const isChange = (at: number): boolean => offsetAt(at) !== before && offsetAt(at - second) === before;
  for (const weeks of [52, 53]) {
    const guess = yearAgo + weeks * 7 * day;
    if (guess > from && guess <= to && isChange(guess)) return guess;
  }
  const narrow = (step: number): void => {
    while (to - from > step) {
      const middle = from + Math.floor((to - from) / step / 2) * step;
      if (offsetAt(middle) === before) from = middle;
      else to = middle;
    }
  };
  narrow(usual);
  if (!isChange(to)) narrow(second);
  return to;
}

function offsetReader(name: string): (at: number) => number {
  const format = formatOf(name);
  return (at) => {
    const [, sign, hours = 0, minutes = 0, seconds = 0] = offsetText.exec(format.format(at))!;
    const offset = +hours * hour + +minutes * minute + +seconds * second;
    return sign === '-' ? -offset : offset;
  };
}

/** Whether the engine knows a zone of that name. */
export function knowsZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** `Wed, GMT-05:00`, `Thu, GMT-00:44:30`; some engines write a bare `GMT` for zero. */
const offsetText = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

function formatOf(name: string): Intl.DateTimeFormat {
  try {
    if (!/^[A-Za-z]/.test(name)) throw new RangeError('A zone has a name');
    // The day of the week is only there because a zone alone brings the whole date with it, which takes longer.
    return new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset', weekday: 'short' });
  } catch (cause) {
    throw new RangeError(
      `The time zone was "${name}"; it must be an IANA name such as America/New_York, Europe/London or UTC`,
      { cause },
    );
  }
}
